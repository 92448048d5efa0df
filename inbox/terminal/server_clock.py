"""What time a server's clock shows, as it dates its answers."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from tools.transports.wire import OdooAddress


def server_time(address: OdooAddress) -> datetime | None:
    """The Date of an answer to a question that needs no login, None where the server gives none."""
    made = HTTPSConnection if address.ssl else HTTPConnection
    connection = made(address.host, address.port, timeout=address.timeout_s)
    try:
        connection.request("HEAD", "/web/login")
        dated = connection.getresponse().getheader("Date")
        return parsedate_to_datetime(dated).astimezone(UTC) if dated else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
