"""Packages of the program for Linux, Windows and macOS, each made by one call of ``package``."""
