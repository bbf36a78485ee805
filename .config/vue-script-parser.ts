import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import typescript from 'typescript-eslint'

const project = fileURLToPath(new URL('../renderer', import.meta.url))
const isComponent = (path: string) => path.endsWith('.vue')

/** What vue-eslint-parser hands on of a component with one script: the text between its tags. */
const scriptOf = (component: string) => /<script\b[^>]*>(.*?)<\/script>/s.exec(component)?.[1] ?? ''

/** All the screens as one program in which a component is its script. */
function createProgram(): ts.Program {
  const extension: ts.FileExtensionInfo = { extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }
  const file = `${project}/tsconfig.json`
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as { config: unknown }
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project, undefined, file, undefined, [
    extension,
  ])
  const host = ts.createCompilerHost(options, true)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, languageVersion, ...more) =>
    isComponent(path)
      ? ts.createSourceFile(path, scriptOf(readFileSync(path, 'utf8')), languageVersion, true, ts.ScriptKind.TS)
      : getSourceFile(path, languageVersion, ...more)
  return ts.createProgram(fileNames, { ...options, allowNonTsExtensions: true }, host)
}

let screens: ts.Program | undefined

/** The parser takes options as well, though its type does not say so. */
const parse: (code: string, options: object) => ReturnType<typeof typescript.parser.parseForESLint> =
  typescript.parser.parseForESLint

interface ParserOptions {
  readonly filePath: string
  readonly projectService?: unknown
}

/**
 * Parses the scripts of components with types. The project service would check everything anew for each component,
 * as a component on disk is not the script it is asked about; here all are looked up in one program.
 */
export const vueScriptParser = {
  ...typescript.parser,
  parseForESLint(code: string, options: ParserOptions) {
    // Expressions of the template come without the wish for types.
    if (!options.projectService) return parse(code, options)
    screens ??= createProgram()
    const isKnown = screens.getSourceFile(options.filePath)?.text === code
    return parse(code, isKnown ? { ...options, projectService: false, programs: [screens] } : options)
  },
}
