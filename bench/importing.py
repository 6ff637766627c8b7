"""How long a list of 1,000 learners takes, from sending the file to the last of them, as a browser does it."""

import re
import time

from bench.client import Browser, csrf_token

LEARNERS, IN_ONE_PRESS = 1_000, 100
SIGN_IN = [("username", "bench"), ("password", "bench-password")]
DONE = re.compile(r'name="done" value="(\d+)"')
EDGE = "sala-bench-edge"


def seconds_to_import(site):
    """With a page read after each press: that is how the bar moves."""
    browser = Browser(site.port)
    browser.post("/sign-in/", SIGN_IN, csrf_token(browser.get("/sign-in/")), expect=(302,))
    token = csrf_token(browser.get("/desk/import/"))
    start, presses = time.perf_counter(), 0
    address = _send(browser, token)
    page = browser.get(address)
    while "/confirm/" in page:
        done = DONE.search(page)
        browser.post(f"{address}confirm/", [("go", "1"), ("done", done[1] if done else "0")], csrf_token(page))
        page, presses = browser.get(address), presses + 1
    assert presses == LEARNERS / IN_ONE_PRESS, presses
    return time.perf_counter() - start


def _send(browser, token):
    """Post the file; the address of the page on which it is looked through."""
    lines = "".join(f"คนที่มากับไฟล์ {n},,60+\n" for n in range(LEARNERS))
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n',
        f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n',
        "Content-Type: text/csv\r\n\r\n",
        f"ชื่อเรียก,นามสกุล,ช่วงอายุ\n{lines}\r\n--{EDGE}--\r\n",
    ]
    kind = f"multipart/form-data; boundary={EDGE}"
    status, _text = browser.request("POST", "/desk/import/", "".join(parts).encode(), **{"Content-Type": kind})
    assert status == 302, status
    page = browser.get("/desk/import/")
    return re.search(r'href="(/desk/import/[0-9a-f-]{36}/)"', page)[1]
