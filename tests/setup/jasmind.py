"""Runs one of Jasmin's programs with its lock file in a folder of its own.

jasmind.py and its siblings lock /tmp/<program>.lock, a fixed path, so that a machine runs one of
each. The tests run several. The path is changed where the program takes the lock class from; this
needs neither root nor a file system namespace.

Usage: jasmind.py <folder for the lock> <program> [its arguments]
"""

import os
import runpy
import sys

import lockfile

folder, program = sys.argv[1:3]
FileLock = lockfile.FileLock


def lock_in_folder(path, *args, **kwargs):
    return FileLock(os.path.join(folder, os.path.basename(path)), *args, **kwargs)


lockfile.FileLock = lock_in_folder
sys.argv = sys.argv[2:]
runpy.run_path(program, run_name="__main__")
