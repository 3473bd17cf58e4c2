/**
 * Loaded with `node --import` before a program that knows Microsoft's hosts by name and no others: connections to the
 * hosts in `REDIRECT_HOSTS` (divided by commas) go to the port `REDIRECT_PORT` of this machine instead, and connections
 * to anywhere else fail at once, so that nothing of a test can reach the internet. The names stay in the TLS handshake
 * and in the `Host` header.
 */
import net from 'node:net';

const hosts = new Set((process.env['REDIRECT_HOSTS'] ?? '').split(','));
const port = Number(process.env['REDIRECT_PORT']);
const loopback = new Set(['localhost', '127.0.0.1', '::1']);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function connectRedirected(...given) {
  const [first] = given;
  // The net module hands over one list of options and callback, and knows it again by a mark on the list.
  const options = Array.isArray(first) ? first[0] : first;
  const host = isRemote(options) ? options.host : undefined;
  if (host !== undefined && !hosts.has(host)) {
    process.nextTick(() => this.destroy(new Error(`${host} is not among the redirected hosts.`)));
    return this;
  }
  const target = host === undefined ? options : { ...options, host: '127.0.0.1', port };
  if (Array.isArray(first)) first[0] = target;
  else given[0] = target;
  return connect.apply(this, given);
};

/** Whether this leads off the machine; pipes and sockets of the file system do not. */
function isRemote(options) {
  if (typeof options !== 'object' || options === null || typeof options.path === 'string') return false;
  return options.host !== undefined && !loopback.has(options.host);
}
