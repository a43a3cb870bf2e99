/**
 * Every HTTP header that Benchwright is served with, as data. `npm start`, `npm run dev` and docs/hosting.md read this one
 * file; another host must send the same. What each is for stands beside it.
 */

/** Content-Security-Policy, directive by directive. A worker and the service worker obey it as well. */
export const contentSecurityPolicy = {
  'default-src': ["'none'"],
  // No inline script and no eval; WebAssembly may be compiled.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  // People open tables by an address of their own; nothing is requested unasked.
  'connect-src': ["'self'", 'https:'],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  // benchwright: addresses of our own workers. lit-html: static templates.
  'trusted-types': ['benchwright', 'lit-html'],
};

/** The policy as one header value. */
export const policyText = (policy) =>
  Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');

/** Sent with every answer. */
export const headers = {
  'Content-Security-Policy': policyText(contentSecurityPolicy),
  // The next three isolate the page, which gives it SharedArrayBuffer and precise clocks.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** `Cache-Control` by path, wherever in a site the application's folder lies; the first rule that matches holds. */
export const cacheRules = [
  { files: 'assets/*', matches: /(^|\/)assets\//, value: 'public, max-age=31536000, immutable', why: 'their names carry a hash' },
  {
    files: 'service-worker.js, icons/*',
    matches: /(^|\/)(service-worker\.js$|icons\/)/,
    value: 'public, max-age=86400',
    why: 'a visit within a day costs no request; after a day browsers ask for the script whatever is said here',
  },
  { files: 'everything else', matches: /^/, value: 'no-cache', why: 'asked for again, and only on a first visit or an update' },
];

/** @param {string} path of a request or a file */
export const cacheControl = (path) => cacheRules.find((rule) => rule.matches.test(path)).value;

/**
 * The headers of `npm run dev`: Vite's client adds styles as inline elements and listens on a socket for changed files.
 */
export const developmentHeaders = {
  ...headers,
  'Content-Security-Policy': policyText({
    ...contentSecurityPolicy,
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': [...contentSecurityPolicy['connect-src'], 'ws:'],
  }),
};
