import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** What the screens of both hosts may load. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const refusedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/** Sent with every answer of both hosts. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
}

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wav': 'audio/wav',
}

export type ScreenFile = {
  path: string
  mime: string
  bytes: number
  etag: string
  /** Its name carries a hash of its content: it may be kept for good. */
  immutable: boolean
}

/** What the build names by content. */
const hashedAsset = /^assets\/[^/]+-[\w-]{8}\.\w+$/

/** Plain names only: no empty or hidden part, no "..", no drive, no other stream of the file. */
const plainPath = /^[\w@-][\w.@-]*(?:\/[\w@-][\w.@-]*)*$/

/**
 * The file of the built screens that a URL's path names ("/" is index.html); null for one that is not there, that
 * tries to leave the folder, or whose kind the screens do not use.
 */
export async function findScreen(staticDir: string, urlPath: string): Promise<ScreenFile | null> {
  const name = urlPath === '/' ? 'index.html' : urlPath.slice(1)
  const mime = mimeTypes[extname(name)]
  if (!mime || !plainPath.test(name)) return null
  const path = join(staticDir, ...name.split('/'))
  try {
    const { size, mtimeMs } = await stat(path)
    const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`
    return { path, mime, bytes: size, etag, immutable: hashedAsset.test(name) }
  } catch {
    return null
  }
}
