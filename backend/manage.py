#!/usr/bin/env python
"""Django's command line for the CMS."""

import os
import sys
from pathlib import Path

import environ
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # What the environment itself says wins over the file.
    environ.Env.read_env(Path(__file__).resolve().parents[1] / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.dev")
    execute_from_command_line(sys.argv)
