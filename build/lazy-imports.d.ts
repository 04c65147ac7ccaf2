export function withLazyImports(code: string): string
