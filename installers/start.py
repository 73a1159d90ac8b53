"""Where the frozen program starts."""

import sys

from apprentice_desk.__main__ import main

sys.exit(main())
