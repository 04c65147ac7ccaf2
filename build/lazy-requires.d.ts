export function withLazyRequires(code: string): string
