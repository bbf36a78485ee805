/** The screens' own address in the desktop app. */
export const APP_SCHEME = 'app'
const APP_HOST = 'attune'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/** Whether an address belongs to the screens; a path that only looks like it does not. */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
}
