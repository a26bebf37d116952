"""The fourth question: who the groups are, in a picture, in words, and by a name of one's own."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import streamlit as st

from pages.app.words import plain
from pages.pieces.clusters.crowd import PICKED, choose, chosen_of
from pages.pieces.clusters.state import Now, afresh, leave, set_
from pages.widgets.drawn import drawn, files
from pages.widgets.keeping import keep_this
from segmentation import formats
from segmentation.analysis.groups.clusters import PARTING
from segmentation.charts import EMPTY, spec
from segmentation.charts.portrait import COLUMNS, ROW, portrait_data
from segmentation.charts.portrait import portrait as portrait_chart
from segmentation.charts.scales import wrapped
from segmentation.charts.sizes import sizes as sizes_chart
from segmentation.charts.sizes import sizes_data

SIDES = (1, 1.5)
LETTERS, LINES = 18, 3  # of a name beside its bars
LONGEST = 60  # letters of a name of one's own
# Cards side by side, each a name and words below it: columns and frames would cost as much as what stands in them
CARDS = """<style>
.st-key-cards { display: grid; grid-template-columns: 1fr 1fr; grid-auto-flow: dense; align-items: stretch; column-gap: 0.75rem }
.st-key-cards > * { border: 1px solid color-mix(in srgb, currentColor 16%, transparent); padding-inline: 1rem }
.st-key-cards > :nth-child(odd) { border-bottom: 0; border-radius: 8px 8px 0 0; padding-top: 1rem }
.st-key-cards > :nth-child(even) { border-top: 0; border-radius: 0 0 8px 8px; padding-block: 0.75rem 1rem; margin-bottom: 0.75rem }
.st-key-cards > :is(:nth-child(4n+1), :nth-child(4n+2)) { grid-column: 1 }
.st-key-cards > :is(:nth-child(4n+3), :nth-child(4n)) { grid-column: 2 }
@media (max-width: 640px) {
.st-key-cards { grid-template-columns: 1fr }
.st-key-cards > :nth-child(n) { grid-column: 1 }
}</style>"""


def who(now: Now) -> None:
    """Sizes and money, the profile against everybody, and a card for each group."""
    assert now.fitted is not None
    with st.container(border=True, key="step 4"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.header("4 · Who are they?", anchor=False, width="stretch")
            _onward(now)
        left, right = st.columns(SIDES, gap="medium")
        summary = _summary(now)
        with left:
            st.markdown("**How many, and what they bring**")
            shares = now.once("sizes", lambda: sizes_data({**summary, "segment": wrapped(now.names, LETTERS, LINES)}))
            many = len(now.names) > 5
            drawn(
                partial(sizes_chart, many=many),
                shares,
                _sizes(many),
                "group sizes",
                "Sizes of the groups",
                folded=True,
            )
        with right:
            st.markdown(
                "**What is typical of them** — blue: more than everybody, orange: less. Click a group to find it on the map"
            )
            _profile(now)
            if len(now.fitted.profile.columns) > COLUMNS:
                st.caption(f"Drawn are the {COLUMNS} columns that set a group apart most.")
        _cards(now, summary)


def _profile(now: Now) -> None:
    """What is typical of each group; the one that is clicked stands out on the map."""
    chosen, said = chosen_of(now), "What is typical of each group"
    data = now.once(
        f"portrait {chosen}",
        lambda: portrait_data(now.fitted.profile, now.names, now.study.currency, chosen),  # type: ignore[union-attr]
    )
    turn = st.session_state.get(PICKED, 0)
    key = f"portrait {turn}"

    def clicked() -> None:
        told = st.session_state[key]["selection"].get(ROW) or [{}]
        at = told[0].get("at", len(now.names))
        choose(now.names[at] if at < len(now.names) else None)

    st.vega_lite_chart(data, _portrait(), key=key, on_select=clicked, selection_mode=ROW, alt=said)
    files(portrait_chart, data, "portrait", said, folded=True)


def _onward(now: Now) -> None:
    """What can be done with the groups."""
    with st.container(horizontal=True, gap="small", width="content"):
        if not now.past:  # else another page would look for them by the answers of now
            _taken(now)
        st.button(
            "Start again", key="afresh", on_click=afresh, args=(now.study,), help="Forget the answers to all questions"
        )


def _taken(now: Now) -> None:
    st.button(
        "Take these groups to the Segments page",
        key="take groups",
        icon=":material/donut_small:",
        on_click=leave,
        args=(now.study, PARTING.name),
    )
    keep_this(PARTING.name)


def _summary(now: Now) -> dict[str, Any]:
    """The figures of the groups that hold somebody, under their names."""
    fitted = now.fitted
    assert fitted is not None
    summary = fitted.figures
    held = [at for at, name in enumerate(summary["segment"]) if name in fitted.names]
    return {name: [values[at] for at in held] for name, values in summary.items()} | {"segment": now.names}


def _cards(now: Now, summary: dict[str, Any]) -> None:
    rules = now.fitted.rules  # type: ignore[union-attr]
    told = now.once("cards", lambda: [_told(now, summary, at) for at in range(len(now.names))])
    with st.container(key="cards", gap=None):
        for at, said in enumerate(told):
            _name(now, at)
            st.markdown(said)
    if len(now.names) > 1:
        st.caption(
            f"Going by these rules alone, {formats.share(rules.right)} of customers would be put where they belong."
        )
    unknown = int(now.fitted.made.counts[-1])  # type: ignore[union-attr]
    if unknown:
        st.caption(
            f"{formats.plural(unknown, 'customer is', 'customers are')} in no group: one of these columns is empty there."
        )


def _name(now: Now, at: int) -> None:
    """What a group is called, to be changed."""
    fitted = now.fitted
    assert fitted is not None
    key = f"group name {at}"
    st.session_state[key] = now.names[at][:LONGEST]
    st.text_input(
        "Name", key=key, max_chars=LONGEST, on_change=_called, args=(now, fitted.names[at], key), label_visibility="collapsed",
        help=f"Proposed: {plain(fitted.names[at])}. Leave it empty to have that back.",
    )  # fmt: skip


def _told(now: Now, summary: dict[str, Any], at: int) -> str:
    """A group in words, as Markdown."""
    fitted, currency = now.fitted, now.study.currency
    assert fitted is not None
    said = fitted.profile.sentences(at, currency)
    return "\n".join(
        [
            f"{plain(_size(now, summary, at))}\n",
            *([f"- {plain(one)}" for one in said] or ["Like everybody in all of these columns."]),
            f"\n:small[**How to know them:** {plain(fitted.rules.each[at].sentence(currency))}]",
        ]
    )


def _called(now: Now, proposed: str, key: str) -> None:
    """Give a group a name; an empty one gives back what was proposed."""
    wanted = st.session_state[key].strip()
    others = {name: own for name, own in now.values["names"].items() if name != proposed}
    set_(names={**others, **({proposed: wanted} if wanted not in ("", proposed[:LONGEST].strip()) else {})})


def _size(now: Now, summary: dict[str, Any], at: int) -> str:
    """How many they are and what they bring, in a sentence."""
    many = int(summary["customers"][at])
    said = f"{formats.plural(many, 'customer')} ({formats.share(summary['share_of_customers'][at])})"
    money = now.customers.money
    if money not in summary:
        return f"{said}."
    amount = formats.compact(summary[money][at], now.study.currency)
    share = (
        f" ({formats.share(summary[f'share_of_{money}'][at])} of all)" if summary[f"share_of_{money}"][at] >= 0 else ""
    )
    brings = "brings" if many == 1 else "bring"
    return f"{said} {brings} {amount} of {money}{share}, {formats.compact(summary[f'{money}_each'][at], now.study.currency)} each."


@lru_cache(maxsize=2)
def _sizes(many: bool) -> dict[str, Any]:
    return spec(sizes_chart(EMPTY, many=many))


@lru_cache(maxsize=1)
def _portrait() -> dict[str, Any]:
    return spec(portrait_chart(EMPTY, choosing=True))
