/** For PowerShell 5.1 and later. They drop empty arguments, so the script puts a sign before the last word. */
export const powershellScript = `# Completion of gt for PowerShell. It calls gt, and never evaluates its output.
Register-ArgumentCompleter -Native -CommandName gt -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    $lines = @(gt completion candidates '--' powershell @words "=$wordToComplete" 2>$null)
    if ($lines.Count -eq 0) { return }
    if ($lines[0] -ne 'values') {
        return [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    }
    $lines | Select-Object -Skip 1 | Where-Object { $_ } | ForEach-Object {
        $value, $description = $_ -split [char]9, 2
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
}
`
