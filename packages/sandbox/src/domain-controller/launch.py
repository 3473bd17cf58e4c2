"""Runs one Samba domain controller in a network of its own and relays loopback ports to it.

Samba's LDAP ports are constants, so each controller gets its own network namespace. The listening sockets are made
before the namespace is entered and stay in the host's network; connections to Samba are made after it. That is why
one process can stand in both networks.

argv[1] is a JSON object: smbConf, processModel, logFile, lockFile, keyRings, removeAtEnd, isolate,
address, relays: [{name, port, target}].
On stdout: JSON lines {"event": "listening", "ports": {...}} and {"event": "refused", "reason": "..."}.
Ends, with Samba, on end-of-file of stdin: when the parent dies, nothing is left.
"""

import asyncio
import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1
LONGEST_STOP = 10


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def write_file(path, text):
    with open(path, "w") as file:
        file.write(text)


def enter_own_network():
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    flags = CLONE_NEWNET if uid == 0 else CLONE_NEWNET | CLONE_NEWUSER
    if libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare: " + os.strerror(ctypes.get_errno()))
    if uid != 0:
        write_file("/proc/self/setgroups", "deny")
        write_file("/proc/self/uid_map", f"0 {uid} 1")
        write_file("/proc/self/gid_map", f"0 {gid} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def claim(path):
    """Waits for the controller that last used the folder to end; the lock goes with this process."""
    lock = open(path, "w")
    give_up_at = time.monotonic() + LONGEST_STOP
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > give_up_at:
                return None
            time.sleep(0.1)


def listen(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(128)
    return server


def bind_datagrams(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))
    server.setblocking(False)
    return server


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


def relay_connections(address, target):
    async def relay(reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection(address, target)
        except OSError:
            writer.close()
            return
        try:
            await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
        finally:
            far_writer.close()
            writer.close()

    return relay


async def relay_datagrams(server, address, target):
    loop = asyncio.get_running_loop()

    async def answer(question, sender):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
            far.setblocking(False)
            far.connect((address, target))
            try:
                await loop.sock_sendall(far, question)
                reply = await asyncio.wait_for(loop.sock_recv(far, 65536), 5)
                await loop.sock_sendto(server, reply, sender)
            except (OSError, asyncio.TimeoutError):
                return

    pending = set()
    while True:
        question, sender = await loop.sock_recvfrom(server, 65536)
        task = loop.create_task(answer(question, sender))
        pending.add(task)
        task.add_done_callback(pending.discard)


async def end_of_input(stop):
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(4096):
        pass
    stop.set()


async def stop_samba(samba):
    if samba.returncode is None:
        samba.terminate()
        try:
            await asyncio.wait_for(samba.wait(), LONGEST_STOP)
        except asyncio.TimeoutError:
            samba.kill()
            await samba.wait()


async def serve(config, listeners, datagrams):
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    background = [asyncio.create_task(end_of_input(stop))]
    with open(config["logFile"], "ab") as log:
        # An open pipe as stdin: Samba too ends when this process dies in any way.
        samba = await asyncio.create_subprocess_exec(
            "samba", "-i", "-M", config["processModel"], "-s", config["smbConf"], "--debug-stdout",
            stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log)
    for listener, target in listeners:
        await asyncio.start_server(relay_connections(config["address"], target), sock=listener)
    background += [asyncio.create_task(relay_datagrams(server, config["address"], target))
                   for server, target in datagrams]
    background.append(asyncio.create_task(samba.wait()))
    tell("started", pid=samba.pid)
    done = asyncio.create_task(stop.wait())
    await asyncio.wait([done, background[-1]], return_when=asyncio.FIRST_COMPLETED)
    await stop_samba(samba)
    return samba.returncode


def main():
    config = json.loads(sys.argv[1])
    ports, listeners, datagrams = {}, [], []
    lock = claim(config["lockFile"])
    if lock is None:
        tell("refused", reason="in-use", detail=config["lockFile"])
        return 1
    try:
        for relay in config["relays"]:
            server = listen(relay["port"])
            ports[relay["name"]] = server.getsockname()[1]
            listeners.append((server, relay["target"]))
            if relay.get("datagrams"):
                datagrams.append((bind_datagrams(ports[relay["name"]]), relay["target"]))
    except OSError as error:
        tell("refused", reason="port-taken", port=relay["port"], detail=str(error))
        return 1
    if config["isolate"]:
        try:
            enter_own_network()
        except OSError as error:
            tell("refused", reason="no-namespace", detail=str(error))
            return 1
    tell("listening", ports=ports)
    try:
        code = asyncio.run(serve(config, listeners, datagrams))
    except FileNotFoundError as error:
        tell("refused", reason="no-samba", detail=str(error))
        return 1
    finally:
        # GnuPG's agent is a daemon of its own and would outlive everything.
        for home in config["keyRings"]:
            subprocess.run(["gpgconf", "--kill", "gpg-agent"], env={**os.environ, "GNUPGHOME": home}, check=False)
        for folder in config["removeAtEnd"]:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if code else 0


sys.exit(main())
