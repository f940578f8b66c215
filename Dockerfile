# syntax=docker/dockerfile:1

# Build with the SDK that the repository is built with; restore first, so that a change of source does not restore again.
# It runs on the machine that builds, whatever machine it builds for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
ARG TARGETARCH
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Api/Api.csproj src/Api/packages.lock.json src/Api/
RUN dotnet restore src/Api/Api.csproj --locked-mode --arch $TARGETARCH
COPY src/ src/
RUN dotnet publish src/Api/Api.csproj --configuration Release --no-restore --arch $TARGETARCH --no-self-contained --output /app \
 && mkdir /empty

# No shell, no package manager, not root. "extra" has ICU and time zones: every text is normalised, which needs ICU.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app ./
# The only place that is written to. Mount a volume here; the rest of the file system may be read-only.
COPY --from=build --chown=$APP_UID:$APP_UID /empty /data
USER $APP_UID
VOLUME /data
EXPOSE 8080
# Diagnostics would want to write to /tmp.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    ASPNETCORE_URLS=http://0.0.0.0:8080 \
    Galley__Database=/data/galley.db
ENTRYPOINT ["dotnet", "galley.dll"]
