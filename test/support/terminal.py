"""Runs a command at a terminal of its own: terminal.py WAITED_FOR TYPED COMMAND...

When the output holds WAITED_FOR (not empty), TYPED is typed. Prints as JSON how the command ended (a signal is
negative), what the terminal showed, and whether its settings are as they were before.
"""
import fcntl, json, os, pty, select, subprocess, sys, termios, time

waited_for, typed, *command = sys.argv[1:]
terminal, program_side = pty.openpty()
before = termios.tcgetattr(program_side)


def control() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    command, stdin=program_side, stdout=program_side, stderr=program_side, start_new_session=True, preexec_fn=control
)
shown = b""
deadline = time.monotonic() + 60
while True:
    ended = child.poll() is not None
    if select.select([terminal], [], [], 0.05)[0]:
        shown += os.read(terminal, 65536)
        if waited_for and waited_for.encode() in shown:
            waited_for = ""
            time.sleep(0.3)
            os.write(terminal, typed.encode())
            deadline = time.monotonic() + 10
    elif ended:
        break
    if time.monotonic() > deadline:
        os.killpg(child.pid, 9)
sane = termios.tcgetattr(program_side) == before
print(json.dumps({"code": child.returncode, "shown": shown.decode(), "sane": sane}))
