# SPDX-License-Identifier: Apache-2.0
# The clinic's record as a container: docs/operations/server.md#in-a-container.
ARG DEBIAN=docker.io/library/debian:12-slim

FROM ${DEBIAN} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates make
WORKDIR /source
COPY . .
RUN make build \
    && install -D build/release/cli/reprise /installed/bin/reprise \
    && mkdir -p /installed/share/reprise \
    && cp -r catalog /installed/share/reprise/catalog

FROM ${DEBIAN}
# The libraries of the command; curl asks for its health.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
      libabsl20220623 libavcodec59 libavformat59 libavutil57 libbrotli1 libcurl4 libfido2-1 libfmt9 libmosquitto1 \
      libpq5 libpqxx-6.4 libprometheus-cpp-core1.0 libpthreadpool0 libqrencode4 libsimdjson14 libsodium23 \
      libspdlog1.10 libssl3 libswscale6 libtomlplusplus3 libutf8proc2 tzdata zlib1g libxnnpack0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /var/lib/reprise --shell /usr/sbin/nologin reprise \
    && install -d -m 0700 -o reprise -g reprise /var/lib/reprise
COPY --from=build /installed /usr/local
RUN reprise version

USER reprise
WORKDIR /var/lib/reprise
ENV REPRISE_RECORD_FOLDER=/var/lib/reprise
VOLUME /var/lib/reprise
EXPOSE 8443
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD curl --fail --silent --insecure https://localhost:8443/healthz || curl --fail --silent http://localhost:8443/healthz
STOPSIGNAL SIGTERM
ENTRYPOINT ["reprise"]
CMD ["serve"]
