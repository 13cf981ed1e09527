"""The figures of one run as JSON, a table and a picture."""
import json
from pathlib import Path
from xml.sax.saxutils import escape

OURS = "goodsight"


def ratios(row):
    """For each of ours, its median divided by the best peer's, and who that is."""
    peers = {name: ms["median"] for name, ms in row["ms"].items() if not name.startswith(OURS)}
    best = min(peers, key=peers.get)
    return {name: (ms["median"] / peers[best], best) for name, ms in row["ms"].items() if name.startswith(OURS)}


def table(result) -> str:
    lines = ["| what | who | minimum | median | Goodsight / best peer |", "|---|---|---|---|---|"]
    for row in result["rows"]:
        of = ratios(row)
        unit = row.get("unit", "ms")
        for i, (name, ms) in enumerate(sorted(row["ms"].items(), key=lambda item: item[1]["median"])):
            told = f"{of[name][0]:.2f} ({of[name][1]})" if name in of else ""
            lines.append(f"| {row['what'] if i == 0 else ''} | {name} | {ms['minimum']:.1f} {unit} "
                         f"| {ms['median']:.1f} {unit} | {told} |")
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return "\n".join(lines) + f"\n\n{result['date']}, {result['processor']}; {versions}.\n"


def picture(result) -> str:
    """Each figure's bars, the longest as wide as all others' longest: shorter is better."""
    bar, gap, left, width = 15, 20, 300, 420
    parts, y = [], 58
    for row in result["rows"]:
        longest = max(ms["median"] for ms in row["ms"].values())
        parts.append(f'<text x="14" y="{y + 12}" class="what">{escape(row["what"])}</text>')
        for name, ms in sorted(row["ms"].items(), key=lambda item: item[1]["median"]):
            length = max(2, width * ms["median"] / longest)
            mine = "ours" if name.startswith(OURS) else "peer"
            parts.append(f'<rect x="{left}" y="{y}" width="{length:.0f}" height="{bar - 3}" rx="2" class="{mine}"/>'
                         f'<text x="{left + length + 6:.0f}" y="{y + 10}">{escape(name)} '
                         f'{ms["median"]:.1f} {row.get("unit", "ms")}</text>')
            y += bar
        y += gap - 8
    head = f"Medians of one run, {result['date']}, {result['processor']}. Shorter is better."
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="920" height="{y + 8}" viewBox="0 0 920 {y + 8}">
<style>text{{font:11px sans-serif;fill:#334155}}.title{{font:bold 15px sans-serif;fill:#0f172a}}
.what{{font:bold 11px sans-serif}}.ours{{fill:#0f766e}}.peer{{fill:#cbd5e1}}</style>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="14" y="24" class="title">Goodsight beside what people would use instead</text>
<text x="14" y="42">{escape(head)}</text>
{chr(10).join(parts)}
</svg>
"""


def write_report(out: Path, result: dict) -> None:
    (out / "peers.json").write_text(json.dumps(result, indent=1) + "\n")
    (out / "peers.md").write_text(table(result))
    (out / "peers.svg").write_text(picture(result))
    print(table(result))
