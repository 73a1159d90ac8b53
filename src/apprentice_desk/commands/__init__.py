"""What the command line does, one function for each command, without Qt.

Each function takes plain values and returns an exit status: 0 fine, 1 when findings refuse
something; what cannot be done at all raises Problem, which the command line turns into 2.
"""
