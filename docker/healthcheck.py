"""Asks the web process beside it whether it can serve, without loading Django."""

import os
import sys
from http.client import HTTPConnection

# The site refuses to answer under any name but its own.
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().removeprefix(".")
connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
try:
    connection.request("GET", "/health/", headers={"Host": host})
    sys.exit(connection.getresponse().status != 200)
except OSError as error:
    sys.exit(str(error))
