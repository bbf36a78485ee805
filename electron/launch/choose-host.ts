export interface Situation {
  /** The web host was asked for. */
  readonly browser: boolean
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether Electron's program lies in node_modules. */
  readonly installed: boolean
}

export type HostChoice =
  | { readonly host: 'electron' }
  | { readonly host: 'fetch-electron' }
  /** `because` is one sentence for the person, or null where they asked for the browser themselves. */
  | { readonly host: 'web'; readonly because: string | null }

/** Linux draws windows on a display server; the other systems always have one. */
export const hasDisplay = (platform: NodeJS.Platform, env: Situation['env']): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])

/** Decides where the screens open, before anything is fetched. */
export function chooseHost({ browser, platform, env, installed }: Situation): HostChoice {
  if (browser) return { host: 'web', because: null }
  if (!hasDisplay(platform, env))
    return { host: 'web', because: 'There is no display for a window of its own, so Attune starts its web host.' }
  return installed ? { host: 'electron' } : { host: 'fetch-electron' }
}

/** The sentence for a person whose machine could not get or run Electron's program. */
export const withoutElectron = (reason: string): string => `${reason}, so Attune starts its web host.`
