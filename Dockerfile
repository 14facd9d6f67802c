FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# Only wheels: what builds a source distribution would be fetched without a hash.
COPY requirements.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

COPY bot bot
COPY briefs briefs
COPY manifests manifests

# What is published, followed and owed, unless BRIEFBOT_DATABASE_URL names a Postgres database. A volume that is empty
# takes the owner of this directory over.
RUN mkdir /data && chown 10001:10001 /data
VOLUME /data
ENV BRIEFBOT_DATABASE_URL=sqlite:////data/briefbot.db

# A number, so that a cluster can see that it is not root. It owns nothing but /data, and has no name and so no home,
# which slack_bolt asks for when it is imported.
USER 10001:10001
ENV HOME=/app

# Over Socket Mode only health and metrics are served there.
ENV BRIEFBOT_HOST=0.0.0.0 BRIEFBOT_PORT=3000
EXPOSE 3000

# http.client, since urllib would ask a proxy.
# hadolint ignore=DL3025
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD python -c "from http.client import HTTPConnection as To; to = To('127.0.0.1', ${BRIEFBOT_PORT:-3000}, timeout=4); to.request('GET', '/healthz'); exit(to.getresponse().status != 200)"

CMD ["python", "-m", "bot", "run"]
