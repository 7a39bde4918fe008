# A static binary in an empty image. Build: docker build -t storywatch .
ARG BUILD_IMAGE=golang:1.26-bookworm
ARG RUN_IMAGE=scratch

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# The modules first: they change less often than the code, so this layer is kept.
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make build OUT=/root-fs/storywatch
# What an empty image lacks: certificate authorities, time zones, a folder for data and one for temporary files.
RUN mkdir -p /root-fs/etc/ssl/certs /root-fs/data /root-fs/tmp \
 && cp /etc/ssl/certs/ca-certificates.crt /root-fs/etc/ssl/certs/ \
 && cp "$(go env GOROOT)/lib/time/zoneinfo.zip" /root-fs/zoneinfo.zip

FROM ${RUN_IMAGE}
COPY --from=build /root-fs/etc /etc
COPY --from=build /root-fs/zoneinfo.zip /zoneinfo.zip
COPY --from=build --chown=65532:65532 /root-fs/tmp /tmp
COPY --from=build --chown=65532:65532 /root-fs/data /data
COPY --from=build /root-fs/storywatch /storywatch
ENV ZONEINFO=/zoneinfo.zip
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8383
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/storywatch", "health"]
ENTRYPOINT ["/storywatch"]
CMD ["run"]
