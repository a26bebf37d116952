"""The least a Streamlit page with pictures does: one slider, two charts written the ordinary way, almost no data."""

import altair as alt
import pandas as pd
import streamlit as st

percent = st.slider("A ends at this share", 5, 99, 80)
frame = pd.DataFrame({"segment": ["A", "B", "C"], "share": [percent, (100 - percent) * 0.75, (100 - percent) * 0.25]})
left, right = st.columns(2)
with left:
    st.altair_chart(alt.Chart(frame).mark_bar().encode(x="share", y="segment", color="segment"), key="bars")
with right:
    st.altair_chart(alt.Chart(frame).mark_line(point=True).encode(x="segment", y="share"), key="line")
