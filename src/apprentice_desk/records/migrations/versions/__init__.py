"""One module per step; never edited after release, and importing nothing of ours."""
