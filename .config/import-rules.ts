import { builtinModules } from 'node:module'
import { posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ESLint, Rule } from 'eslint'

/**
 * Who may import whom. Folders and files are named from the root of the repository, packages as `npm:name`, Node's own
 * modules as `node:name`. An entry stands for everything below it.
 */
interface ImportRule {
  readonly in: readonly string[]
  readonly notIn?: readonly string[]
  readonly refuse: readonly string[] | 'everything'
  readonly except?: readonly string[]
  /** Where only the types may be taken from: they are gone once the code is built. */
  readonly typesFrom?: readonly string[]
  readonly because: string
}

const rendererPackages = [
  'npm:vue',
  'npm:vue-router',
  'npm:vue-i18n',
  'npm:pinia',
  'npm:@vueuse/core',
  'npm:reka-ui',
  'npm:@lucide/vue',
  'npm:@fontsource-variable/inter',
]

/** Where charts are drawn, on the screen and on paper. */
const drawers = ['renderer/ui/charts', 'electron/reports/kit']

const hosts = ['electron/main', 'electron/preload', 'electron/web', 'electron/cli', 'electron/launch']

/** What runs below the hosts, each importing only what stands before it. */
const layers = [
  'electron/base',
  'electron/store',
  'electron/files',
  'electron/reports',
  'electron/threads',
  'electron/services',
  'electron/hosts',
]

const importRules: readonly ImportRule[] = [
  {
    in: ['shared'],
    refuse: 'everything',
    except: ['shared', 'npm:zod', 'npm:simple-statistics', 'npm:ml-matrix', 'npm:@stdlib'],
    // What a chart is, not what draws it.
    typesFrom: ['npm:echarts'],
    because: 'shared runs anywhere: it imports itself, zod and pure libraries only',
  },
  {
    in: ['renderer'],
    refuse: 'everything',
    except: ['renderer', 'shared', 'resources', 'npm:zod', 'npm:echarts', ...rendererPackages],
    because: 'the screens know nothing of Node, files or SQL: renderer imports shared and browser packages only',
  },
  {
    in: [''],
    notIn: [...drawers, 'tests'],
    refuse: ['npm:echarts'],
    typesFrom: ['npm:echarts'],
    because: `only ${drawers.join(' and ')} draw charts: what a chart shows belongs in shared/charts`,
  },
  {
    in: ['renderer/ui'],
    refuse: ['renderer/features'],
    because: 'the design system serves every feature and knows none',
  },
  {
    in: ['electron/preload'],
    refuse: 'everything',
    except: ['electron/preload', 'shared/contract/channels.ts', 'npm:electron'],
    typesFrom: ['shared'],
    because: 'the preload carries the list of channels and nothing else: import shared/contract/channels only',
  },
  {
    in: ['electron'],
    refuse: ['renderer', 'tests', ...rendererPackages],
    because: 'what runs in Node does not import screens or tests',
  },
  ...hosts.map((host) => ({
    in: ['electron'],
    notIn: [host],
    refuse: [host],
    because: `${host} is a host: nothing imports it, what two hosts need belongs in electron/hosts`,
  })),
  {
    in: ['electron/ipc'],
    refuse: layers.slice(1),
    // What SQLite's refusals mean is the store's to say and the router's to answer.
    except: ['electron/store/storage-error.ts'],
    because: 'the router is given its handlers: it knows neither services nor the store',
  },
  {
    in: layers,
    // Where the whole app is put together, the router over the services.
    notIn: [
      'electron/services/open-services.ts',
      'electron/services/build-services.ts',
      'electron/services/services.ts',
    ],
    refuse: ['electron/ipc'],
    because: 'handlers know nothing of the router',
  },
  ...layers.map((layer, index) => ({
    in: [layer],
    refuse: layers.slice(index + 1),
    because: `${layer} lies below: only what stands on it may import it, never the other way round`,
  })),
  {
    in: [''],
    notIn: ['electron/store', 'tests'],
    refuse: ['npm:better-sqlite3-multiple-ciphers'],
    because: 'only electron/store talks to the database',
  },
  {
    in: [''],
    notIn: ['electron/main', 'electron/preload'],
    refuse: ['npm:electron'],
    typesFrom: ['npm:electron'],
    because: 'only electron/main and electron/preload import electron',
  },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const builtins = new Set(builtinModules)

const lies = (target: string, places: readonly string[]) =>
  places.some((place) => place === '' || target === place || target.startsWith(`${place}/`))

/** The folder of the feature a file belongs to, if it belongs to one. */
const featureOf = (path: string) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1]

/** Names what an import reaches: a path from the root, `npm:package` or `node:module`. */
function targetOf(from: string, specifier: string): string {
  const path = specifier.replace(/\?.*$/, '')
  if (path.startsWith('#')) return path.slice(1)
  if (path.startsWith('.')) return posix.join(posix.dirname(from), path)
  if (path.startsWith('node:')) return path
  return builtins.has(path) ? `node:${path}` : `npm:${path}`
}

function reasonToRefuse(from: string, specifier: string, typesOnly: boolean): string | undefined {
  const target = targetOf(from, specifier)
  const feature = featureOf(from)
  const otherFeature = featureOf(target)
  if (feature !== undefined && otherFeature !== undefined && feature !== otherFeature)
    return 'features do not import each other: what two need moves to renderer/ui or shared'
  return importRules.find(
    (rule) =>
      lies(from, rule.in) &&
      !lies(from, rule.notIn ?? []) &&
      (rule.refuse === 'everything' || lies(target, rule.refuse)) &&
      !lies(target, rule.except ?? []) &&
      !(typesOnly && lies(target, rule.typesFrom ?? [])),
  )?.because
}

type Report = (node: Rule.Node, specifier: unknown, typesOnly?: boolean) => void

/** Holds for static imports, re-exports, `import()`, `require()` and types written as `import('…')`. */
const boundaries: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Keep the folders apart as ARCHITECTURE.md describes' },
    messages: {
      refused: "'{{specifier}}' may not be imported here: {{because}}.",
      unknown: 'Write the path of an import() out, so that it can be checked.',
    },
    schema: [],
  },
  create(context) {
    const from = relative(root, context.filename).split(sep).join('/')
    const report: Report = (node, specifier, typesOnly = false) => {
      if (typeof specifier !== 'string') {
        context.report({ node, messageId: 'unknown' })
        return
      }
      const because = reasonToRefuse(from, specifier, typesOnly)
      if (because !== undefined) context.report({ node, messageId: 'refused', data: { specifier, because } })
    }
    const isTypes = (node: object) =>
      ('importKind' in node && node.importKind === 'type') || ('exportKind' in node && node.exportKind === 'type')
    const literal = (node: object | undefined) => (node && 'value' in node ? node.value : undefined)
    return {
      ImportDeclaration: (node) => {
        report(node, node.source.value, isTypes(node))
      },
      ExportAllDeclaration: (node) => {
        report(node, node.source.value, isTypes(node))
      },
      ExportNamedDeclaration: (node) => {
        if (node.source) report(node, node.source.value, isTypes(node))
      },
      ImportExpression: (node) => {
        report(node, literal(node.source))
      },
      "CallExpression[callee.name='require']": (node: Rule.Node & { arguments: object[] }) => {
        report(node, literal(node.arguments[0]))
      },
      TSImportType: (node: Rule.Node & { source: object }) => {
        report(node, literal(node.source), true)
      },
    }
  },
}

export const attunePlugin: ESLint.Plugin = { meta: { name: 'attune' }, rules: { boundaries } }
