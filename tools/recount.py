#!/usr/bin/env python3
"""Recounts a vote record (docs/vote-record.md) with nothing but the standard library.

recount.py vote-record.zip...    checks and recounts records; exit 0 when all of it holds, 1 with each one's first fault
recount.py --tally FOLDER...     each folder holds rules.json, roll.csv, ballots.csv: prints one line of JSON per folder
"""

import base64
import csv
import functools
import hashlib
import io
import json
import os
import sys
import zipfile
from datetime import date, datetime, timedelta

CIVIL_CODE = date(2021, 1, 1)
WORDS = {"participation_area": "参与表决的专有部分面积", "participation_heads": "参与表决的业主人数"}
WORDS |= {"approval_area": "同意的专有部分面积", "approval_heads": "同意的业主人数"}


class Fault(Exception):
    """What does not hold, in a sentence."""


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def roots(leaves, sizes):
    """RFC 6962 over contents of 32 bytes: the root at each of these sizes, in one pass."""
    join = lambda left, right: hashlib.sha256(b"\x01" + left + right).digest()
    found, whole = {0: hashlib.sha256(b"").digest()}, []
    for size, leaf in enumerate(leaves, 1):
        # Whole subtrees from the left, each with its number of leaves; equal neighbours become one.
        whole.append((1, hashlib.sha256(b"\x00" + leaf).digest()))
        while 1 < len(whole) and whole[-2][0] == whole[-1][0]:
            (n, right), (_, left) = whole.pop(), whole.pop()
            whole.append((2 * n, join(left, right)))
        if size in sizes:
            found[size] = functools.reduce(lambda right, left: join(left, right), [it[1] for it in reversed(whole)])
    return found


def thousandths(text):
    whole, _, part = text.partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])

def m2(n):
    return f"{n // 1000}.{n % 1000:03d}"


def read_roll(text):
    units = {}
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
        if row["unit"] in units:
            raise Fault(f"名册中单元 {row['unit']} 出现了两次")
        owners = sorted({it.strip() for it in row["owner"].split(";") if it.strip()})
        units[row["unit"]] = (thousandths(row["area_m2"]), owners, row["holder"] == "developer")
    return units


def head_of(units, rule, unit):
    _, owners, is_developers = units[unit]
    if rule == "per_unit":
        return unit
    return "developer\n" if is_developers else ";".join(owners)


def moment(text):
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def read_choice(topic, text):
    if text == "yes" and not topic["options"]:
        return "yes", None
    if text in ("no", "abstain", "invalid"):
        return text, None
    if text.startswith("option:"):
        known = text[len("option:") :] in topic["options"]
        return (text, None) if known else (None, "议题没有这个选项")
    return None, "选择应为 yes、no、abstain、invalid 或 option:编号"


def read_ballot(rules, units, topics, row):
    unit, topic, text, at = row["unit"], row["topic"], row["choice"], row["cast_at"]
    if unit not in units:
        return None, None, "名册中没有这个单元"
    if topic not in topics:
        return None, None, "没有这个议题"
    choice, wrong = read_choice(topics[topic], text)
    if wrong:
        return None, None, wrong
    cast = None
    if at:
        try:
            cast = moment(at)
        except ValueError:
            return None, None, "表决时间应写成 2024-05-01T09:00:00+08:00"
    opens, closes, wrong = rules.get("opens_at"), rules.get("closes_at"), None
    if cast is None and (opens or closes or rules.get("revote")):
        wrong = "缺少表决时间"
    elif cast and opens and cast < moment(opens):
        wrong = "早于表决开始时间"
    elif cast and closes and moment(closes) < cast:
        wrong = "晚于表决截止时间"
    return choice, cast, wrong


def answers(rules, units, topics, rows):
    kept, rejected = {}, []
    for row in rows:
        choice, at, wrong = read_ballot(rules, units, topics, row)
        place = (row["topic"], row["unit"])
        if wrong is None and place in kept and not rules.get("revote"):
            wrong = "这个单元对这个议题已有一票，按规则不得重复表决"
        if wrong:
            rejected.append({**{it: row[it] for it in ("line", "unit", "topic")}, "reason": wrong})
        elif place not in kept or kept[place][0] is None or kept[place][0] <= at:
            kept[place] = (at, choice)
    given = {}
    for (topic, unit), (_, choice) in kept.items():
        given.setdefault(topic, {})[unit] = choice
    return given, rejected


def approval_test(old, matter):
    if not old and 6 <= matter <= 8:
        return 4, False, 3
    if old and 5 <= matter <= 7:
        return 3, False, 2
    return 2, True, 1


def compare(code, test, left, right, option=None):
    times_left, strict, times_right = test
    a, b = left * times_left, right * times_right
    show = m2 if code.endswith("_area") else str
    made = {"code": code}
    if option is not None:
        made["option"] = option
    made.update(left=show(a), op=">" if strict else ">=", right=show(b), met=0 < a and (b < a if strict else b <= a))
    return made


def says(it):
    verdict, relation = ("达到", it["op"]) if it["met"] else ("未达到", "<=" if it["op"] == ">" else "<")
    return f"{WORDS[it['code']]}{verdict}：{it['left']} {relation} {it['right']}"


def both(kind, test, part, whole, option=None):
    """Area first, then heads; a measure is [heads, area]."""
    return [
        compare(f"{kind}_area", test, part[1], whole[1], option),
        compare(f"{kind}_heads", test, part[0], whole[0], option),
    ]


def count(rules, old, units, topic, given, delivered):
    rule = rules.get("head_rule", "distinct_owner")
    invalid_counts = rules.get("invalid_takes_part", True)
    part = lambda choice: invalid_counts or choice != "invalid"
    heads = {unit: head_of(units, rule, unit) for unit in units}
    side = {it: [0, 0] for it in ("total", "participating", "yes", "no", "abstain", "invalid")}
    options = {it: [0, 0] for it in topic["options"]}
    of = lambda choice: options[choice[7:]] if choice.startswith("option:") else side[choice]
    side["total"] = [len(set(heads.values())), sum(it[0] for it in units.values())]
    by_head = {}
    for unit, choice in given.items():
        of(choice)[1] += units[unit][0]
        if part(choice):
            side["participating"][1] += units[unit][0]
        by_head.setdefault(heads[unit], set()).add(choice)
    mixed, reasons = [], []
    for head in sorted(by_head):
        counting = [it for it in by_head[head] if part(it)]
        if not counting:
            side["invalid"][0] += 1
            continue
        side["participating"][0] += 1
        if len(counting) == 1:
            of(counting[0])[0] += 1
            continue
        mixed.append(head.rstrip())
    answered = {head for head, it in by_head.items() if any(part(choice) for choice in it)}
    silent = sorted({unit for unit in delivered if unit not in given})
    if silent:
        lead = lambda a, b: b[0] < a[0] and b[1] < a[1]
        to = None
        if not topic["options"]:
            to = "yes" if lead(side["yes"], side["no"]) else "no" if lead(side["no"], side["yes"]) else None
        more = [len({heads[it] for it in silent} - answered), sum(units[it][0] for it in silent)]
        for target in [side["participating"]] + ([side[to]] if to else []):
            target[0] += more[0]
            target[1] += more[1]
        if not to:
            reasons.append("面积与人数的多数不一致或为多选议题，未表决票只计入参与、不计入任何一方")
    return judge(old, topic, side, options, mixed, reasons)


def judge(old, topic, side, options, mixed, reasons):
    comparisons = both("participation", (2, True, 1) if old else (3, False, 2), side["participating"], side["total"])
    enough = all(it["met"] for it in comparisons)
    test, of = approval_test(old, topic["matter"]), side["total"] if old else side["participating"]
    approved = False
    if not topic["options"]:
        made = both("approval", test, side["yes"], of)
        approved = all(it["met"] for it in made)
        comparisons += made
    for option in sorted(options):
        made = both("approval", test, options[option], of, option)
        if all(it["met"] for it in made):
            approved = True
            reasons.append(f"选项“{option}”获得通过所需的同意")
        comparisons += made
    reasons += [says(it) for it in comparisons if not it["met"]]
    measure = lambda it: {"heads": it[0], "area": m2(it[1])}
    made = {name: measure(it) for name, it in side.items()}
    made["options"] = {name: measure(it) for name, it in sorted(options.items())}
    made.update(mixed_heads=mixed, comparisons=comparisons, passed=enough and approved, reasons=reasons)
    made["_yes"] = tuple(side["yes"])
    return made


def seat(topics, counted):
    groups = {}
    for topic in topics:
        if topic.get("election"):
            groups.setdefault(topic["election"]["group"], []).append(topic)
    for group in sorted(groups):
        election, members = groups[group][0]["election"], {it["id"] for it in groups[group]}
        for clause in (False, True):
            sides = [it["with_clause"] if clause else it for it in counted if it["id"] in members]
            passed = [it for it in sides if it and it["passed"]]
            passed.sort(key=lambda it: it["_yes"], reverse=True)
            keys = [it["_yes"] for it in passed]
            seats, all_places = election["seats"], election["seats"] + election.get("reserves", 0)
            tied = lambda at, edge: 0 < edge < len(keys) and keys[edge - 1] == keys[edge] == keys[at]
            for at, it in enumerate(passed):
                place = "当选" if at < seats else "列为候补" if at < all_places else "得票足够但席位已满"
                if tied(at, seats) or (seats <= at and tied(at, all_places)):
                    place = "人数与面积均相同，席位须由人按议事规则决定"
                it["reasons"].append(f"选举组“{group}”第{at + 1}名：{place}")


def tally(rules, units, rows):
    decided = date.fromisoformat(rules["decided_on"])
    old = decided < CIVIL_CODE
    topics = {it["id"]: {"options": [], **it} for it in rules["topics"]}
    given, rejected = answers(rules, units, topics, rows)
    counted, silent = [], rules.get("silent_votes")
    for topic in topics.values():
        mine = given.get(topic["id"], {})
        strict = count(rules, old, units, topic, mine, [])
        clause = count(rules, old, units, topic, mine, silent["delivered"]) if silent else None
        decides = "with_clause" if silent else "strict"
        counted.append({"id": topic["id"], "matter": topic["matter"], **strict, "with_clause": clause, "decides": decides})
    seat(list(topics.values()), counted)
    for it in [it for topic in counted for it in (topic, topic["with_clause"]) if it]:
        it.pop("_yes")
    return {"law": "before_2021" if old else "civil_code_278", "topics": counted, "rejected": rejected}


def must(holds, sentence):
    if not holds:
        raise Fault(sentence)


def check_log(files, leaves, texts):
    for at, leaf in enumerate(leaves):
        must(leaf["n"] == at, f"日志第{at}条的编号不对")
        must(sha(f"{leaf['kind']}\n{leaf['at']}\n{leaf['body']}") == leaf["hash"], f"日志第{at}条的内容与摘要不符")
        must(leaf["kind"] != "ballot" or sha(texts.get(at, "")) == leaf["body"], f"第{at}条票与摘要不符")
    must(sum(it["kind"] == "ballot" for it in leaves) == len(texts), "票据中有日志里没有的票")
    notes = [it.split("\n") for name, it in files.items() if name.startswith("checkpoints/")]
    heads = [(int(it[1]), base64.b64decode(it[2])) for it in notes]
    found = roots([bytes.fromhex(it["hash"]) for it in leaves], {it[0] for it in heads})
    for size, head in heads:
        must(found.get(size) == head, f"日志前{size}条与检查点不符")
    must(len(leaves) in {it[0] for it in heads}, "最后一条记录之后没有检查点")


def check_declared(about, rules, told):
    newest, reached, bare = dict(told), set(), json.loads(json.dumps(rules))
    must(newest["roll"]["sha256"] == about["roll_sha256"], "日志登记的名册不是这一份")
    for field in ("title", "noticed_on"):
        must(newest["notice"][field] == about[field], "名称或公告日期与日志不符")
    must(newest["notice"]["agenda"] == about["agenda"] and newest["notice"]["terms"] == about["terms"], "议题或规则与公告不符")
    must(newest["close"]["boxes"] == about["boxes"], "封票清点数与日志不符")
    must(moment(about["opens_at"]) == moment(rules["opens_at"]), "投票期与日志不符")
    must(moment(about["closes_at"]) - moment(rules["closes_at"]) == timedelta(microseconds=1), "投票期与日志不符")
    for kind, body in told:
        reached |= set(body["units"]) if kind == "delivery" else set()
        reached -= {body["unit"]} if kind == "reissue" else set()
    if "silent_votes" in bare:
        must(set(bare["silent_votes"]["delivered"]) == reached, "送达的房屋与日志不符")
        bare["silent_votes"]["delivered"] = []
    must(newest["rules"] == bare, "rules.json 与日志登记的规则不符")


def told_mandates(leaves):
    mandates = {}
    for leaf in leaves:
        if leaf["kind"] == "mandate":
            body = json.loads(leaf["body"])
            mandates[body["mandate"]] = {**body, "from": leaf["n"], "to": None}
        elif leaf["kind"] == "mandate_end":
            mandates[json.loads(leaf["body"])["mandate"]]["to"] = leaf["n"]
    return mandates


def check_capacity(mandates, units, ballots):
    stood = lambda it, n: it["from"] < n and (it["to"] is None or n < it["to"])
    # The developer's units are all of one owner; everybody else's by their owners.
    whose = lambda unit: "developer\n" if units[unit][2] else units[unit][1]
    for n, it in ballots:
        on = (moment(it["at"]) + timedelta(hours=8)).date().isoformat()
        if it.get("mandate") is None:
            others = [m for m in mandates.values() if m["kind"] != "proxy" and stood(m, n) and on <= m["until"]]
            must(all(whose(m["unit"]) != whose(it["unit"]) for m in others), f"第{n}条票投出时，这套房屋已登记由他人表决")
            continue
        must(it["mandate"] in mandates, f"第{n}条票的受托登记不在日志里")
        mandate = mandates[it["mandate"]]
        valid = stood(mandate, n) and on <= mandate["until"] and whose(mandate["unit"]) == whose(it["unit"])
        must(valid, f"第{n}条票投出时，受托登记无效或不是这套房屋的")
        must(not mandate["items"] or set(it["choices"]) <= set(mandate["items"]), f"第{n}条票超出了委托的议题")


def check_cap(terms, mandates, units, ballots):
    whose = lambda unit: "developer\n" if units[unit][2] else ";".join(units[unit][1])
    used, cap = {it.get("mandate") for _, it in ballots}, terms.get("proxy_cap", 1)
    proxies = {name: it for name, it in mandates.items() if it["kind"] == "proxy" and it.get("person")}
    first = min((it["from"] for it in mandates.values() if it.get("person")), default=None)
    for it in mandates.values():
        untold = it["kind"] == "proxy" and not it.get("person") and first is not None and first < it["from"]
        must(not untold, f"日志第{it['from']}条的委托没有写明是否同一受托人")
    for new in proxies.values():
        n = new["from"]
        counts = lambda name, it: it["from"] <= n and (it["to"] is None or n < it["to"] or name in used)
        mine = [it for name, it in proxies.items() if it["person"] == new["person"] and counts(name, it)]
        held = len({whose(it["unit"]) for it in mine})
        must(held <= cap, f"日志第{n}条登记后，同一名受托人代表的业主超过公告写明的{cap}名")


def effective_of(terms, mandates, ballots):
    counts, seen = {}, set()
    proxy = lambda it: it.get("mandate") is not None and mandates[it["mandate"]]["kind"] == "proxy"
    for n, it in ballots:
        before, hand = counts.get(it["unit"]), (it["unit"], it["channel"], proxy(it))
        again = hand in seen
        seen.add(hand)
        if before:
            not_earlier = moment(before[1]["at"]) <= moment(it["at"])
            takes = not_earlier if terms["precedence"] == "latest" else it["channel"] == terms["precedence"]
            if before[1]["channel"] == it["channel"]:
                takes = it["channel"] == "online" or not_earlier
            if again and not terms["revote"]:
                takes = False
            if proxy(before[1]) != proxy(it):
                takes = proxy(before[1])
        if before is None or takes:
            counts[it["unit"]] = (n, it)
    return {unit: n for unit, (n, _) in counts.items()}


def check_paper(about, sheets, ballots):
    agreed = {it["number"]: it for it in sheets if it["state"] == "agreed"}
    for n, it in ballots:
        if it["channel"] == "paper":
            sheet, stead = agreed.get(it["sheet"]), it.get("mandate") is not None
            must(sheet and sheet["first"] == sheet["second"], f"第{n}条纸质票没有两遍一致的录入")
            read = dict(sheet["first"])
            if stead and set(it["choices"]) <= set(read["choices"]):
                # A proxy's sheet counts as far as the mandate goes.
                read["choices"] = {item: read["choices"][item] for item in it["choices"]}
            says = {"unit": it["unit"], "received_at": it["at"], "choices": it["choices"], **({"by_mandate": True} if stead else {})}
            must(read == says, f"第{n}条纸质票的录入与票不一致")
    for box in about["boxes"]:
        held = sum(it["building"] == box["building"] for it in agreed.values())
        must(held <= box["sheets"], f"{box['building']}的纸质票多于封票清点数")


def check_scans(terms, sheets, told):
    logged = sorted((body["sheet"], body["sha256"]) for kind, body in told if kind == "scan")
    kept = sorted((it["number"], scan) for it in sheets for scan in it.get("scans", []))
    must(kept == logged, "纸质票的扫描件与日志登记的不符")
    for it in sheets:
        must(not terms.get("scans") or it["state"] != "agreed" or it["scans"], f"编号{it['number']}的纸质票没有扫描件")


def check_draws(about, leaves, mandates, ballots):
    void, posted, drawn_before = set(), 0, 0
    for leaf in leaves:
        if leaf["kind"] == "void":
            void.add(json.loads(leaf["body"])["ballot"])
        if leaf["kind"] == "result":
            posted = json.loads(leaf["body"])["version"]
        if leaf["kind"] != "spot_check":
            continue
        body = json.loads(leaf["body"])
        once = body["version"] == posted and drawn_before < posted
        must(once, f"日志第{leaf['n']}条的抽查不是那一版结果唯一的一次")
        drawn_before = posted
        counting = effective_of(about["terms"], mandates, [it for it in ballots if it[0] not in void]).values()
        order = sorted(counting, key=lambda n: hashlib.sha256(f"{body['seed']},{n}".encode()).digest())
        drawn = order[: {10: 44, 5: 90, 2: 228}[body["share"]]]
        must(drawn == body["ballots"], f"日志第{leaf['n']}条抽出的票不是骰子点数所定的")


def recount(path):
    with zipfile.ZipFile(path) as record:
        files = {it: record.read(it).decode("utf-8") for it in record.namelist()}
    lines = lambda name: [json.loads(it) for it in files[name].split("\n") if it]
    about, leaves = json.loads(files["decision.json"]), lines("log.ndjson")
    texts = {it["n"]: it["text"] for it in lines("ballots.ndjson")}
    must(len(texts) == len(lines("ballots.ndjson")), "票据中有编号相同的票")
    check_log(files, leaves, texts)
    must(sha(files["roll.csv"]) == about["roll_sha256"], "名册与冻结时的摘要不符")
    units, rules = read_roll(files["roll.csv"]), json.loads(files["rules.json"])
    told = [(it["kind"], json.loads(it["body"])) for it in leaves if it["kind"] != "ballot"]
    check_declared(about, rules, told)
    void = {body["ballot"] for kind, body in told if kind == "void"}
    ballots = [(n, json.loads(texts[n])) for n in sorted(texts)]
    for n, it in ballots:
        must(it["decision"] == about["decision"] and it["roll"] == about["roll_sha256"], f"第{n}条票不是这次表决的")
        must(it["unit"] in units, f"第{n}条票的房屋不在名册中")
        must(moment(about["opens_at"]) <= moment(it["at"]) < moment(about["closes_at"]), f"第{n}条票不在投票期内")
    mandates = told_mandates(leaves)
    check_capacity(mandates, units, ballots)
    check_cap(about["terms"], mandates, units, ballots)
    standing = [it for it in ballots if it[0] not in void]
    check_paper(about, lines("sheets.ndjson"), standing)
    check_scans(about["terms"], lines("sheets.ndjson"), told)
    effective = effective_of(about["terms"], mandates, standing)
    must(effective == about["effective"], "有效票与公告的优先规则不符")
    check_draws(about, leaves, mandates, ballots)
    rows = []
    for n, it in standing:
        if effective[it["unit"]] == n:
            for topic in sorted(it["choices"]):
                line = len(rows) + 2
                rows.append({"line": line, "unit": it["unit"], "topic": topic, "choice": it["choices"][topic], "cast_at": it["at"]})
    results = lines("results.ndjson")
    logged = [body for kind, body in told if kind == "result"]
    posted = [{"version": it["n"], **{name: it[name] for name in ("posted_on", "reason", "result")}} for it in results]
    must(posted == logged and posted, "公示的结果与日志不一致")
    result = tally(rules, units, rows)
    must(result == results[-1]["result"], "重新计票的结果与公示的结果不一致")
    return about, len(leaves), len(ballots), len(effective), result


def tally_folder(folder):
    read = lambda name: open(os.path.join(folder, name), encoding="utf-8", newline="").read()
    reader, columns = csv.DictReader(io.StringIO(read("ballots.csv"))), ("unit", "topic", "choice", "cast_at")
    rows = [{"line": reader.line_num, **{it: (row[it] or "").strip() for it in columns}} for row in reader]
    return tally(json.loads(read("rules.json")), read_roll(read("roll.csv")), rows)


def main(arguments):
    if arguments and arguments[0] == "--tally":
        lines = (json.dumps(tally_folder(it), ensure_ascii=False, sort_keys=True) for it in arguments[1:])
        return print(*lines, sep="\n") or 0
    if not arguments:
        return print(__doc__, file=sys.stderr) or 2
    return max([told(it, f"{it}：" if len(arguments) > 1 else "") for it in arguments])


def told(path, before):
    """Checks one record and says so; what a fault's line begins with names the record where there are several."""
    try:
        about, leaves, ballots, effective, result = recount(path)
    except zipfile.BadZipFile:
        return print(f"{before}不符：这个文件不是表决记录，或者没有下载完整", file=sys.stderr) or 1
    except OSError as it:
        return print(f"打不开 {path}：{it.strerror}", file=sys.stderr) or 1
    except (Fault, KeyError, TypeError, ValueError) as it:
        return print(f"{before}不符：{'缺少' if isinstance(it, KeyError) else ''}{it}", file=sys.stderr) or 1
    print(f"{about['title']}：日志{leaves}条，票{ballots}张，有效{effective}套，重新计票与公示一致")
    print("  签名（key.pub）不在这里核对，请用 jiayuan verify-record，并与公告栏上的短码对照")
    for topic in result["topics"]:
        decides = topic["with_clause"] or topic
        seats = [it for it in decides["reasons"] if it.startswith("选举组")]
        print(f"  议题{topic['id']}：{'同意票足够' if decides['passed'] else '未通过'}{'，' + seats[-1] if seats else ''}")
        for it in decides["comparisons"]:
            print(f"    {says(it)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
