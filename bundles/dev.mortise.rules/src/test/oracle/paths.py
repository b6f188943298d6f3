# SPDX-License-Identifier: Apache-2.0
"""Writes paths of requests and what they are, by rules written down a second time: raw path, 'bad' or the canonical path.

    python3 paths.py > ../resources/dev/mortise/rules/route/paths.tsv
"""
import re
import sys
import unicodedata

ATTACKS = """
/p/a/../b /p/a/.. /p/a/./b /p/a/. /. /.. /./ /../ /../../etc/passwd /p/a/%2e%2e/b /p/a/%2E%2E/b /p/a/.%2e/b /p/a/%2e./b
/p/a/%2e/b /p/a/%252e%252e/b /p/a/%25252e/b /p/a/%%32%65 /p/a/%25%32%65 /p/a/..;/b /p/a/;/b /p/a;x=1/b /p/a;/b /p/a/b;
/p/a/b;jsessionid=1 /p/a/..%3b/b /p/a/%3b/b /p/a%3Bx/b /p/a/..%5cb /p/a\\..\\b /p/a%5cb /p/a%5Cb /p/a/%5c..%5c /p/a%2fb
/p/a%2Fb /p%2fa /%2fp/a /p/a/..%2fb /p/a/..%252fb /p/a%252Fb //p/a /p//a /p/a// /p/a/b/ /p/ // /// /p/a%00b /p/a/%00 /%00
/p/a%00.json /p/a%0ab /p/a%0d%0aX:y /p/a%09b /p/a%7fb /p/a%1bb /p/a%c0%ae%c0%ae/b /p/a/%c0%ae/b /p/%c0%af/b /p/%e0%80%af
/p/%e0%80%ae%e0%80%ae /p/%f0%80%80%ae /p/%c1%9c /p/%c1%81 /p/%fe /p/%ff /p/%80 /p/%bf /p/%c3 /p/%c3%28 /p/%e2%82 /p/%e2%28%a1
/p/%f0%9f%98 /p/%f0%28%8c%bc /p/%ed%a0%80 /p/%ed%bf%bf /p/%ed%a0%bd%ed%b8%80 /p/%f4%90%80%80 /p/%f5%80%80%80 /p/%f8%88%80%80%80
/p/%fc%84%80%80%80%80 /p/%u002e%u002e/b /p/%u2216 /p/a# /p/a#b /p/a%23b /#/p/a /p/a?b /p/a?x=1 /p/a%3Fb /p/a%3fb ? # p/a
p *  http://host/p/a https:/p/a ../p/a ./p/a ;/p/a %2fp/a % /% /%2 /%g0 /%0g /%zz /%-1 /%+1 /p/a%2 /p/a% /p/a%2g /p/a%%20
/p/a%2%30 /p/a"b /p/a<b /p/a>b /p/a^b /p/a`b /p/a{b} /p/a|b /p/a[b] /p/{id} /p/${x} /p/a%c2%85b /p/a%c2%80 /p/a%c2%9f
/p/a%e2%80%a8b /p/a%e2%80%a9b /p/a%EF%BF%BE /p/%2e%2e%2f /%2e /%2E/ /%2e%2e /p/.%2e /p/%2e%2e;/b /p/a/%2e%2e%3b/b
/p/a/..%00/b /p/a/..%0a/b /p/a/..%09 /p/..%c0%af.. /p/a/%5c%2e%2e /p/a/%252f..%252f /%25%2566 /p/a%2541 /p/a%2525 /p/a%25ff
/p/%25zz/%2541 /..%u2215 /p/a/%2e%2e\\b
""".split()
GOOD = """
/ /p /p/a /p/a/b /p/inventory/products /p/inventory/products/7 /p/a.b /p/a..b /p/... /p/..a /p/a.. /p/.a /p/a. /p/.well-known
/p/-._~ /p/!$&'()*+,= /p/:id /p/a:b /p/@me /p/a@b.c /p/a+b /p/a=b /p/a,b /p/a%20b /p/a%21 /p/a%22b /p/a%24 /p/a%25 /p/100%25
/p/5%25x /p/%25x2e /p/a%26b /p/a%27b /p/%28x%29 /p/a%2Ab /p/a%2Bb /p/a%2Cb /p/a%2Db /p/a%3Ab /p/a%3Cb /p/a%3Db /p/a%3Eb
/p/a%40b /p/%41 /p/%61b /p/a%5Bb%5D /p/a%5Eb /p/a%5Fb /p/a%60b /p/a%7Bb%7D /p/a%7Cb /p/a%7Eb /p/%C3%A4 /p/%c3%a4 /p/%E2%82%AC
/p/%F0%9F%98%80 /p/%C3%A4%C3%B6 /p/Gr%C3%BC%C3%9Fe /p/%D0%BF%D1%83%D1%82%D1%8C /p/%E6%97%A5%E6%9C%AC /p/%D7%A9 /p/%C2%A0
/p/%EF%BC%8F /p/%E2%88%95 /p/%EF%BC%8E%EF%BC%8E /p/%F4%8F%BF%BD /p/a%CC%88 /P/A /p/A /p/a-b_c /p/0 /p/00 /p/a%20 /p/%20a
/p/%20/x /health /health/ready /api/v1/p/reports/reports/generate /api/v1/s/inventory.products/products /api/v1/p/a/%E2%82%AC/b
/p/2026-11-21T12:00:00Z /p/a%09x
""".split()
SEEDS = ["/p/a/../b", "/p/a/;x/b", "/p/a//b", "/p/a\\b", "/p/a/.%2e/b"]


def variants():
    """Each character of an attack, encoded once and twice."""
    for seed in SEEDS:
        for i, c in enumerate(seed):
            if c in "/.;\\":
                yield seed[:i] + "%%%02x" % ord(c) + seed[i + 1:]
                yield seed[:i] + "%%25%02x" % ord(c) + seed[i + 1:]


def controls():
    for octet in list(range(0x20)) + [0x7F]:
        yield "/p/a%%%02Xb" % octet
    for octet in range(0x80, 0xA0, 4):
        yield "/p/a%%C2%%%02Xb" % octet


def raw_characters():
    for octet in range(0x21, 0x7F):
        yield "/p/a" + chr(octet) + "b"


def canonical(raw):
    if not re.fullmatch(r"/[A-Za-z0-9\-._~!$&'()*+,=:@/%]*", raw):
        return None
    if re.search(r"%(?![0-9A-Fa-f]{2})", raw) or re.search(r"(?i)%(2f|5c|2e|3b|3f|23)", raw):
        return None
    octets = re.sub(rb"%(..)", lambda m: bytes([int(m.group(1), 16)]), raw.encode("ascii"))
    try:
        path = octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if re.search(r"%[0-9A-Fa-f]{2}", path) or any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in path):
        return None
    if path != "/" and any(segment in ("", ".", "..") for segment in path[1:].split("/")):
        return None
    return path


def shown(text):
    return "".join(c if " " <= c <= "~" and c != "\\" else "".join(
        "\\u%02x%02x" % (unit[0], unit[1]) for unit in units(c)) for c in text)


def units(c):
    octets = c.encode("utf-16-be")
    return [octets[i:i + 2] for i in range(0, len(octets), 2)]


seen = set()
for raw in ATTACKS + GOOD + list(variants()) + list(controls()) + list(raw_characters()):
    if raw not in seen:
        seen.add(raw)
        path = canonical(raw)
        sys.stdout.write(shown(raw) + "\t" + ("bad" if path is None else "=" + shown(path)) + "\n")
