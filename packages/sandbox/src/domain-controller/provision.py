"""Makes a domain offline with Samba's own Python API and fills it with a world.

argv[1] is the folder; stdin is a JSON object: realm, domain, hostName, administratorPassword, smbConf (used for what is
written after provisioning, so that passwords are captured), and world (see worlds/World.ts).
Works as an ordinary user because the only step that needs root, the ACLs of SYSVOL, is skipped.
"""

import json
import logging
import os
import sys

import ldb
from samba.auth import system_session
from samba.ndr import ndr_unpack, ndr_pack
from samba.dcerpc import security
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB

PEOPLE_PER_TRANSACTION = 1000
NEVER = "-9223372036854775808"


def make_domain(folder, wanted):
    empty = os.path.join(folder, "empty.conf")
    with open(empty, "w"):
        pass
    settings = LoadParm()
    settings.load(empty)  # keeps the machine's own smb.conf out of it
    provision(
        logging.getLogger("provision"), system_session(), smbconf=empty, targetdir=folder, lp=settings,
        realm=wanted["realm"], domain=wanted["domain"], hostname=wanted["hostName"], hostip="127.0.0.1",
        serverrole="active directory domain controller", dns_backend="SAMBA_INTERNAL", dom_for_fun_level=4,
        adminpass=wanted["administratorPassword"], use_rfc2307=True, skip_sysvolacl=True,
        backend_store="mdb", backend_store_size=4 * 1024 ** 3)
    os.unlink(empty)


def open_directory(smb_conf):
    settings = LoadParm()
    settings.load(smb_conf)
    return SamDB(session_info=system_session(), lp=settings)


def replace(directory, dn, values):
    message = ldb.Message(ldb.Dn(directory, dn))
    for name, value in values.items():
        message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
    directory.modify(message)


def password_value(password):
    return f'"{password}"'.encode("utf-16-le")


def add_object(directory, entry):
    values = {"dn": entry["dn"], **entry["attributes"]}
    if entry.get("password"):
        values["unicodePwd"] = password_value(entry["password"])
    directory.add(values)


def add_in_batches(directory, entries):
    for start in range(0, len(entries), PEOPLE_PER_TRANSACTION):
        directory.transaction_start()
        for entry in entries[start:start + PEOPLE_PER_TRANSACTION]:
            add_object(directory, entry)
        directory.transaction_commit()


def object_sid(directory, dn):
    found = directory.search(base=dn, scope=ldb.SCOPE_BASE, attrs=["objectSid"])
    return str(ndr_unpack(security.dom_sid, found[0]["objectSid"][0]))


# CN=Deleted Objects is only found with the first; the second touches the permissions and not the owner.
PERMISSION_CONTROLS = ["show_deleted:1", "sd_flags:1:4"]


def grant(directory, dn, trustee, aces):
    """Adds ACEs before the inherited ones; SID in an ACE stands for the trustee's."""
    sid = object_sid(directory, trustee)
    domain_sid = security.dom_sid(directory.get_domain_sid())
    attribute = "nTSecurityDescriptor"
    [entry] = directory.search(base=dn, scope=ldb.SCOPE_BASE, attrs=[attribute], controls=PERMISSION_CONTROLS)
    descriptor = ndr_unpack(security.descriptor, entry[attribute][0])
    for ace in aces:
        addition = security.descriptor.from_sddl("D:" + ace.replace("SID", sid), domain_sid)
        descriptor.dacl_add(addition.dacl.aces[0])
    change = ldb.Message(entry.dn)
    change[attribute] = ldb.MessageElement(ndr_pack(descriptor), ldb.FLAG_MOD_REPLACE, attribute)
    directory.modify(change, controls=PERMISSION_CONTROLS)


def seed(directory, world):
    base = str(directory.domain_dn())
    replace(directory, base, {"minPwdAge": "0", "maxPwdAge": NEVER})
    if world["upnSuffixes"]:
        replace(directory, "CN=Partitions," + str(directory.get_config_basedn()), {"uPNSuffixes": world["upnSuffixes"]})
    for entry in world["organizationalUnits"]:
        add_object(directory, entry)
    add_in_batches(directory, world["people"])
    for entry in world["groups"]:
        add_object(directory, entry)
    for change in world["changes"]:
        replace(directory, change["dn"], change["attributes"])
    for permission in world["permissions"]:
        grant(directory, permission["dn"], permission["trustee"], permission["aces"])


def main():
    logging.basicConfig(level=logging.WARNING)
    wanted = json.load(sys.stdin)
    make_domain(sys.argv[1], wanted)
    seed(open_directory(wanted["smbConf"]), wanted["world"])


main()
