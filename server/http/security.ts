import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * The headers Zoom's client demands on every HTML answer (it renders nothing without them) and the rest of what keeps a
 * page of ours from being used against its reader. One policy for all answers: nothing inline, nothing from elsewhere.
 *
 * @see https://developers.zoom.us/docs/build-flow/security/owasp/
 *
 * `frameAncestors`: who may frame the panel inside Zoom. The wide view acts by a cookie and is never framed by anybody.
 */
export function securityHeaders(frameAncestors: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        workerSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: [(req) => (isWideView(req) ? "'none'" : frameAncestors)],
      },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'same-origin' },
    // frame-ancestors says it better, and X-Frame-Options would forbid Zoom's web client whatever the setting.
    xFrameOptions: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
}

/** For scripts and styles, of which only Workers obey it: those that read files can ask nobody for anything. */
export const ASSET_POLICY = "default-src 'none'"

const isWideView = ({ url }: IncomingMessage): boolean => /^\/wide(?:[/?]|$)/i.test(url ?? '')
