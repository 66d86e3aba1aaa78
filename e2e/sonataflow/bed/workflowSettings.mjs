const CHANNEL = /^mp\.messaging\.(incoming|outgoing)\.([^.]+)\./;

/** Settings of SonataFlow and Quarkus that are about workflows; others are about an application. */
const ABOUT_WORKFLOWS =
  /^(?:kogito\.sw\.|kogito\.codegen\.|quarkus\.openapi-generator\.)/;

/**
 * The settings of another application as far as they are about its workflows. Channels of events on
 * a broker become paths, where events will be posted to such a path.
 *
 * @param text - an application.properties
 * @param eventPaths - paths to which events will be posted
 */
export function workflowSettings(text, eventPaths) {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => /^[^#=]+=/.test(line));
  const channels = new Set(
    lines.map(line => CHANNEL.exec(line)?.[2]).filter(Boolean),
  );
  return [
    ...lines.filter(isKept),
    ...[...channels]
      .filter(name => eventPaths.includes(`/${name}`))
      .flatMap(name => [
        `mp.messaging.incoming.${name}.connector=quarkus-http`,
        `mp.messaging.incoming.${name}.path=/${name}`,
      ]),
  ].join('\n');
}

function isKept(line) {
  const [key] = line.split('=', 1);
  const isOfOther =
    /^(?:%|kie\.|kogito\.|quarkus\.|sonataflow\.|mp\.)/.test(key) &&
    !ABOUT_WORKFLOWS.test(key);
  // A value of another setting that is not there would keep the service from starting.
  return !isOfOther && !line.includes('${');
}
