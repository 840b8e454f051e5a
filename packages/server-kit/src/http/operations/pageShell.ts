/** The build's files by what they are; names carry hashes. */
export interface PageFiles {
  script: string
  style: string
  wellIcon: string
  attentionIcon: string
}

/**
 * The page before its script ran. Addresses are relative: they hold below any base path, also one that a proxy takes
 * off before the request reaches us.
 */
export const pageShell = ({ script, style, wellIcon, attentionIcon }: PageFiles): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>Operations</title>
<link rel="icon" href="ops/files/${wellIcon}" data-attention="ops/files/${attentionIcon}">
<link rel="stylesheet" href="ops/files/${style}">
<script type="module" src="ops/files/${script}"></script>
</head>
<body>
<div id="page"></div>
<noscript>This page draws what it shows by a script of its own: let it run, or read <code>GET /v1/admin/operations</code>.</noscript>
</body>
</html>
`
