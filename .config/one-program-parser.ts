import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import typescript from 'typescript-eslint'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The tests are checked with the types of Node and of the browser: with them, everything can be. */
const widest = 'tests'
const projects = ['shared', 'electron', 'renderer', widest]

const isComponent = (path: string) => path.endsWith('.vue')

/** What vue-eslint-parser hands on of a component with one script: the text between its tags. */
const scriptOf = (component: string) => /<script\b[^>]*>(.*?)<\/script>/s.exec(component)?.[1] ?? ''

function configOf(project: string): ts.ParsedCommandLine {
  const extension: ts.FileExtensionInfo = { extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }
  const folder = `${root}${project}`
  const file = `${folder}/tsconfig.json`
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown }
  return ts.parseJsonConfigFileContent(config, ts.sys, folder, undefined, file, undefined, [extension])
}

/** Everything as one program in which a component is its script. */
function createProgram(): ts.Program {
  const fileNames = projects.flatMap((project) => configOf(project).fileNames)
  const options = { ...configOf(widest).options, allowNonTsExtensions: true }
  const host = ts.createCompilerHost(options, true)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, languageVersion, ...more) =>
    isComponent(path)
      ? ts.createSourceFile(path, scriptOf(readFileSync(path, 'utf8')), languageVersion, true, ts.ScriptKind.TS)
      : getSourceFile(path, languageVersion, ...more)
  return ts.createProgram(fileNames, options, host)
}

let everything: ts.Program | undefined

/** The parser takes options as well, though its type does not say so. */
const parse: (code: string, options: object) => ReturnType<typeof typescript.parser.parseForESLint> =
  typescript.parser.parseForESLint

interface ParserOptions {
  readonly filePath: string
  readonly projectService?: unknown
}

/**
 * Parses with types that are looked up in one program of everything, made once. The project service would make one for
 * each folder, each with all that it imports, and check everything anew for each component, as a component on disk is
 * not the script it is asked about. What is not on disk as it is asked about, in an editor, is left to that service.
 */
export const oneProgramParser = {
  ...typescript.parser,
  parseForESLint(code: string, options: ParserOptions) {
    // Expressions of the template come without the wish for types.
    if (!options.projectService) return parse(code, options)
    everything ??= createProgram()
    const isKnown = everything.getSourceFile(options.filePath)?.text === code
    return parse(code, isKnown ? { ...options, projectService: false, programs: [everything] } : options)
  },
}
