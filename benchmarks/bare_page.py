"""The page `floor.py` compares with: a slider and a component that is told where it stands, repainted by themselves."""

import streamlit as st

COMPONENT = st.components.v2.component("bare", html="<div></div>", js="export default function () {}")


@st.fragment
def moving() -> None:
    COMPONENT(key="told", data={"a": st.slider("Lines", 0, 100, (80, 95), key="abc_classes.a")})


def begin() -> None:
    st.write("The page with the slider is /segments.")


st.set_page_config(layout="wide")
st.navigation([st.Page(begin, default=True), st.Page(moving, title="Segments", url_path="segments")]).run()
