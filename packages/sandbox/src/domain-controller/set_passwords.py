"""Sets passwords offline, in the database of a controller that does not run.

argv[1] is its smb.conf; stdin is a JSON object of user names and passwords.
"""

import json
import sys

import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

settings = LoadParm()
settings.load(sys.argv[1])
directory = SamDB(session_info=system_session(), lp=settings)
directory.transaction_start()
for user_name, password in json.load(sys.stdin).items():
    [entry] = directory.search(
        directory.domain_dn(),
        ldb.SCOPE_SUBTREE,
        f"(sAMAccountName={ldb.binary_encode(user_name)})",
        attrs=["1.1"],
    )
    # Not SamDB.setpassword: that enables the account as well.
    change = ldb.Message(entry.dn)
    quoted = f'"{password}"'.encode("utf-16-le")
    change["unicodePwd"] = ldb.MessageElement(quoted, ldb.FLAG_MOD_REPLACE, "unicodePwd")
    directory.modify(change)
directory.transaction_commit()
