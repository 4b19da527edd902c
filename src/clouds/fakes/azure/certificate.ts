import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A server's key and the certificate that vouches for it, both as PEM. The key lives in memory alone. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  bytes: 0x04,
  oid: 0x06,
  text: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  ipAddress: 0x87,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Object identifiers in DER: ecdsa-with-SHA256, commonName, subjectAltName. */
const OID = {
  ecdsaSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
} as const;

const DAY_MS = 86_400_000;

/**
 * A certificate for 127.0.0.1 and localhost that signs itself. Azure's SDKs send no token without TLS, and Node can make
 * keys but no certificates: so the few structures of X.509 that one needs are written here (RFC 5280, section 4.1).
 *
 * @param now by the machine's clock: it is the TLS stack that looks at the dates.
 */
export function selfSigned(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(TAG.sequence, oid(OID.ecdsaSha256));
  const name = nameOf('Azure as Portcullis plays it');
  const toSign = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, positive(randomBytes(16))),
    algorithm,
    name,
    der(TAG.sequence, time(now.getTime() - DAY_MS), time(now.getTime() + 365 * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.extensions, der(TAG.sequence, localNames())),
  );
  const signature = sign('sha256', toSign, privateKey);
  const certificate = der(TAG.sequence, toSign, algorithm, bits(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
  };
}

function localNames(): Buffer {
  const names = der(
    TAG.sequence,
    der(TAG.ipAddress, Buffer.from([127, 0, 0, 1])),
    der(TAG.dnsName, Buffer.from('localhost')),
  );
  return der(TAG.sequence, oid(OID.subjectAltName), der(TAG.bytes, names));
}

function nameOf(text: string): Buffer {
  const attribute = der(TAG.sequence, oid(OID.commonName), der(TAG.text, Buffer.from(text)));
  return der(TAG.sequence, der(TAG.set, attribute));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  if (bytes < 0x100) return Buffer.from([0x81, bytes]);
  return Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

function oid(bytes: readonly number[]): Buffer {
  return der(TAG.oid, Buffer.from(bytes));
}

function bits(bytes: Buffer): Buffer {
  return der(TAG.bits, Buffer.from([0]), bytes);
}

/** DER reads a leading high bit as a minus. */
function positive(bytes: Buffer): Buffer {
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

/** UTCTime, `YYMMDDhhmmssZ`: good until 2049. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(TAG.time, Buffer.from(`${digits}Z`));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
