"""Joins a new domain controller to a running domain, offline: everything is copied, nothing is started.

argv[1] is the folder; stdin is a JSON object: realm, domain, hostName, administratorPassword. Runs in the network of the
running controller, which is at 127.0.0.1 there.
"""

import json
import logging
import os
import sys

from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.join import join_DC
from samba.param import LoadParm


def main():
    logging.basicConfig(level=logging.WARNING)
    folder = sys.argv[1]
    wanted = json.load(sys.stdin)
    empty = os.path.join(folder, "empty.conf")
    with open(empty, "w"):
        pass
    settings = LoadParm()
    settings.load(empty)  # keeps the machine's own smb.conf out of it
    settings.set("interfaces", "127.0.0.2/8")
    settings.set("bind interfaces only", "yes")
    credentials = Credentials()
    credentials.guess(settings)
    credentials.set_username("Administrator")
    credentials.set_password(wanted["administratorPassword"])
    credentials.set_domain(wanted["domain"])
    credentials.set_realm(wanted["realm"])
    credentials.set_kerberos_state(DONT_USE_KERBEROS)
    join_DC(
        logger=logging.getLogger("join"), server="127.0.0.1", creds=credentials, lp=settings,
        domain=wanted["realm"].lower(), netbios_name=wanted["hostName"].upper(), targetdir=folder,
        dns_backend="SAMBA_INTERNAL", backend_store="mdb", backend_store_size=4 * 1024 ** 3)
    os.unlink(empty)


main()
