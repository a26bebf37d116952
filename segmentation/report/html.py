"""HTML: the report in one file whose lines can still be dragged; it asks nothing of the outside, opens from a mail, prints on A4."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from segmentation.report import figures, note, svg, treatment
from segmentation.report.alive import Boards
from segmentation.report.answers import Answer, answers, method_of
from segmentation.report.figures import Column
from segmentation.report.findings import Findings
from segmentation.report.palette import colour, theme
from segmentation.report.words import facts, runs, starred, unmarked

HOLDS = "report"
MIME = "text/html"
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'"  # even a text taken for markup could fetch nothing
)


def write(findings: Findings) -> bytes:
    """The question, an answer each with its picture, every figure of the segments, and how it was found."""
    question = escape(facts(findings.study, findings.segmentation)[0])
    said, boards = answers(findings), Boards()
    parts = [
        f"<h1>{question}</h1>",
        *(_answer(one, boards) for one in findings.each(said, "Drawing answer")),
        *_done(findings),
        *(
            f"<section><h2>{title}</h2>{_table(columns)}</section>"
            for title, columns in figures.tables(figures.columns(findings.segmentation)).items()
        ),
        f"<section><h2>How it was found</h2>{_paragraphs(method_of(findings, said))}</section>",
        *boards.parts(),
    ]
    return document(facts(findings.study, findings.segmentation)[0], parts, boards.allowed)


def document(title: str, parts: Iterable[str], allowed: str = "") -> bytes:
    """A page of these parts, which are HTML already, under a title that is a text; allowed: what may run in it."""
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}{allowed}">'
    head += (
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_style()}</style>'
    )
    lines = ["<!DOCTYPE html>", f'<html lang="en"><head>{head}</head>', "<body><main>", *parts, "</main></body></html>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _done(findings: Findings) -> list[str]:
    """What changed and the playbook, a paragraph a segment; nothing where nothing is remembered, none decided."""
    return [
        f"<section><h2>{title}</h2>{_paragraphs(said)}</section>" for title, said in findings.besides(starred).items()
    ]


def _answer(answer: Answer, boards: Boards) -> str:
    """The finding as a heading, what was written beside it, and its picture, that of all segments as a board to be moved.

    What that board shows too stands again only where the board does not: on paper.
    """
    board = boards.place(answer.findings) if answer.picture == "sizes" else ""
    again = f' class="again {answer.picture}"' if boards.shows(answer.findings, answer.picture) else ""
    beside = "".join(f'<p class="beside">{escape(text)}</p>' for text in answer.beside)
    beside += f'<div class="beside note">{note.html(answer.note)}</div>' if answer.note.strip() else ""
    picture = _picture(answer) if answer.picture else ""
    done = f"<h3>{treatment.TITLE}</h3>{_paragraphs(answer.treated)}" if answer.treated else ""
    return f"<section{again}><h2>{_marked(answer.sentence)}</h2>{beside}{picture}{board}{done}</section>"


def _paragraphs(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{_marked(one)}</p>" for one in sentences)


def _picture(answer: Answer) -> str:
    """An image of its own: no text in it can become part of the page."""
    drawn = base64.b64encode(svg.write(answer.findings.only(answer.picture))).decode()
    said = unmarked(answer.sentence)
    return f'<div class="pictured"><img src="data:image/svg+xml;base64,{drawn}" alt="{escape(said)}"></div>'


def _marked(sentence: str) -> str:
    return "".join(f"<strong>{escape(text)}</strong>" if bold else escape(text) for text, bold in runs(sentence))


def _table(columns: list[Column]) -> str:
    return rows_of([one.heading for one in columns], zip(*(one.written for one in columns), strict=True))


def rows_of(headings: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts: the first column names the row."""
    titles = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    return f'<div class="wide"><table><thead><tr>{titles}</tr></thead><tbody>{"".join(map(_row, rows))}</tbody></table></div>'


def _row(cells: Sequence[str]) -> str:
    name, *numbers = map(escape, cells)
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{one}</td>" for one in numbers)}</tr>'


def _style() -> str:
    ink, line, accent = theme()["textColor"], theme()["borderColor"], colour(0)
    return f"""
@page {{ size: A4; margin: 16mm }}
body {{ margin: 0; background: white; color: {ink}; font: 16px/1.5 system-ui, sans-serif }}
main {{ max-width: 760px; margin: 0 auto; padding: 32px 20px }}
h1 {{ font-size: 1.9em; line-height: 1.2; margin: 0 0 .8em }}
h2 {{ font-size: 1.15em; font-weight: 400; line-height: 1.4; margin: 0 0 .6em; overflow-wrap: anywhere }}
h3 {{ font-size: 1em; font-weight: 600; margin: 1em 0 .6em }}
h2 strong {{ color: {accent} }}
section {{ margin: 0 0 2.4em; break-inside: avoid }}
img {{ width: 100%; height: auto }}
p {{ margin: 0 0 .7em; overflow-wrap: anywhere }}
p.beside, div.beside {{ white-space: pre-wrap; border-left: 3px solid {line}; padding-left: .7em }}
.note > * {{ margin: 0 0 .4em; overflow-wrap: anywhere }}
.note ul, .note ol {{ white-space: normal; padding-left: 1.4em }}
.wide, .pictured {{ overflow-x: auto }}
table {{ border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; width: 100% }}
th, td {{ padding: 4px 6px; border-bottom: 1px solid {line}; text-align: right; vertical-align: bottom }}
th {{ font-weight: 600 }}
th:first-child {{ text-align: left; min-width: 8em; max-width: 16em; overflow-wrap: anywhere }}
p.fixed {{ font-size: .85em; opacity: .75 }}
@media screen and (max-width: 600px) {{
  .pictured img {{ width: 600px }}
}}
@media screen and (min-width: 1140px) {{
  .wide {{ margin: 0 -170px }}
}}
@media print {{
  main {{ max-width: none; padding: 0 }}
  body {{ font-size: 11pt }}
  p.fixed {{ display: none }}
  .wide {{ overflow: visible }}
  table {{ font-size: 7pt }}
  th:first-child {{ min-width: 5em }}
  th, td {{ padding: 2px 3px }}
}}
"""
