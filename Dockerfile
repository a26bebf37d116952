# docker run --read-only --tmpfs /tmp -p 8501:8501 segment-lab [options of launch.py] [FILE …]     See docs/deployment.md.
FROM python:3.13-slim AS built
# What draws pictures brings Latin, Greek and Cyrillic letters along; names of customers may have others
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk
COPY requirements-login.lock .
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes -r requirements-login.lock

FROM python:3.13-slim
COPY --from=built /venv /venv
# The regular ones alone: where a letter is missed the first font that has it is taken, and may be bold
COPY --from=built /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc \
    /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf /usr/share/fonts/noto/
WORKDIR /app
COPY app.py launch.py LICENSE ./
COPY .streamlit/config.toml .streamlit/
COPY pages pages
COPY sample_data sample_data
COPY segmentation segmentation
# Nothing can be written later, so it is compiled now; /data is for files that are mounted
RUN /venv/bin/python -m compileall -q . && chmod -R a+rX . && mkdir /data
ENV PATH=/venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --start-period=60s --interval=30s --timeout=10s \
    CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://localhost:8501/_stcore/health', timeout=9)"]
ENTRYPOINT ["python", "launch.py", "--address", "0.0.0.0"]
