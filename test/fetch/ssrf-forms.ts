// Every way known to us of writing an address that must not be reached: data, used by all tests of the guard. The words
// after the URL are where the form is from. PORT stands for the port of the trap that counts who gets through.

export interface SsrfForm {
  /** What is odd about it. */
  readonly name: string
  readonly url: string
  readonly source: string
  /** For names: the addresses that a resolver gives. */
  readonly dns: readonly string[] | null
}

type Row = readonly [name: string, host: string]

const WHATWG = 'WHATWG URL, host parsing'
const IANA4 = 'IANA IPv4 special-purpose registry'
const IANA6 = 'IANA IPv6 special-purpose registry'

/** IPv4 loopback in the spellings that `inet_aton` and browsers take for the same. */
const LOOPBACK4: readonly Row[] = [
  ['dotted', '127.0.0.1'],
  ['two parts', '127.1'],
  ['three parts', '127.0.1'],
  ['another of 127/8', '127.8.8.8'],
  ['last of 127/8', '127.255.255.254'],
  ['decimal', '2130706433'],
  ['hex', '0x7f000001'],
  ['hex, capitals', '0X7F000001'],
  ['hex, two parts', '0x7f.1'],
  ['hex, four parts', '0x7f.0x0.0x0.0x1'],
  ['octal, four parts', '0177.0.0.1'],
  ['octal, padded', '00000177.00.00.01'],
  ['octal, one part', '017700000001'],
  ['mixed bases', '0x7f.0.01'],
  ['trailing dot', '127.0.0.1.'],
  ['decimal with a trailing dot', '2130706433.'],
  ['percent-encoded', '%31%32%37.0.0.1'],
  ['percent-encoded dots', '127%2e0%2e0%2e1'],
  ['ideographic full stops', '127。0。0。1'],
  ['half-width ideographic full stops', '127｡0｡0｡1'],
  ['full-width dots', '127．0．0．1'],
  ['full-width digits', '１２７.０.０.１'],
  ['circled digits', '①②⑦.⓪.⓪.①'],
  ['superscript digits', '¹²⁷.0.0.1'],
  ['mathematical digits', '𝟏𝟐𝟕.𝟎.𝟎.𝟏'],
  ['full-width hex', '０ｘ７ｆ.１'],
  ['soft hyphen', '127.0.0\u00ad.1'],
  ['zero-width space', '127.0\u200b.0.1'],
  ['unspecified', '0.0.0.0'],
  ['unspecified, one part', '0'],
  ['unspecified, hex', '0x0'],
  ['unspecified, octal', '00'],
  ['this network', '0.0.0.1'],
]

const SPECIAL4: readonly Row[] = [
  ['private 10/8', '10.0.0.1'],
  ['last of 10/8', '10.255.255.255'],
  ['private 10/8, decimal', '167772161'],
  ['private 10/8, octal', '012.0.0.1'],
  ['private 172.16/12', '172.16.0.1'],
  ['last of 172.16/12', '172.31.255.255'],
  ['private 172.16/12, hex', '0xac100001'],
  ['private 192.168/16', '192.168.0.1'],
  ['private 192.168/16, three parts', '192.168.257'],
  ['private 192.168/16, hex', '0xc0a80001'],
  ['carrier NAT', '100.64.0.1'],
  ['last of carrier NAT', '100.127.255.255'],
  ['link-local', '169.254.1.1'],
  ['protocol assignments', '192.0.0.1'],
  ['IPv4 dummy address', '192.0.0.8'],
  ['port control anycast', '192.0.0.9'],
  ['NAT64 discovery', '192.0.0.170'],
  ['documentation 1', '192.0.2.1'],
  ['documentation 2', '198.51.100.1'],
  ['documentation 3', '203.0.113.1'],
  ['AS112', '192.31.196.1'],
  ['multicast tunnels', '192.52.193.1'],
  ['6to4 relay', '192.88.99.1'],
  ['AS112 delegation', '192.175.48.1'],
  ['benchmarks', '198.18.0.1'],
  ['last of benchmarks', '198.19.255.255'],
  ['multicast', '224.0.0.1'],
  ['service discovery', '239.255.255.250'],
  ['reserved', '240.0.0.1'],
  ['last reserved', '255.255.255.254'],
  ['broadcast', '255.255.255.255'],
  ['broadcast, decimal', '4294967295'],
]

/** Where a cloud tells a machine its own keys. */
const METADATA: readonly Row[] = [
  ['AWS, Google, Azure', '169.254.169.254'],
  ['AWS, decimal', '2852039166'],
  ['AWS, hex', '0xa9fea9fe'],
  ['AWS, octal', '0251.0376.0251.0376'],
  ['AWS, two parts', '169.16689662'],
  ['AWS containers', '169.254.170.2'],
  ['AWS Kubernetes', '169.254.170.23'],
  ['Scaleway', '169.254.42.42'],
  ['Alibaba', '100.100.100.200'],
  ['Oracle, classic', '192.0.0.192'],
  ['Azure WireServer, a public address', '168.63.129.16'],
  ['Azure WireServer, mapped', '[::ffff:168.63.129.16]'],
  ['AWS over IPv6', '[fd00:ec2::254]'],
  ['Google over IPv6', '[fd20:ce::254]'],
  ['Scaleway over IPv6', '[fd00:42::42]'],
  ['AWS, mapped', '[::ffff:169.254.169.254]'],
  ['AWS through NAT64', '[64:ff9b::a9fe:a9fe]'],
  ['AWS through 6to4', '[2002:a9fe:a9fe::]'],
]

const SPECIAL6: readonly Row[] = [
  ['loopback', '[::1]'],
  ['loopback in full', '[0:0:0:0:0:0:0:1]'],
  ['loopback, padded', '[0000:0000:0000:0000:0000:0000:0000:0001]'],
  ['unspecified', '[::]'],
  ['mapped loopback', '[::ffff:127.0.0.1]'],
  ['mapped loopback, hex', '[::ffff:7f00:1]'],
  ['mapped loopback, capitals', '[::FFFF:127.0.0.1]'],
  ['mapped loopback in full', '[0:0:0:0:0:ffff:7f00:1]'],
  ['mapped private', '[::ffff:10.0.0.1]'],
  ['mapped unspecified', '[::ffff:0.0.0.0]'],
  ['translated loopback', '[::ffff:0:127.0.0.1]'],
  ['compatible loopback', '[::127.0.0.1]'],
  ['NAT64 loopback', '[64:ff9b::127.0.0.1]'],
  ['NAT64, local use', '[64:ff9b:1::7f00:1]'],
  ['6to4 loopback', '[2002:7f00:1::1]'],
  ['6to4 private', '[2002:c0a8:1::1]'],
  ['Teredo', '[2001:0:7f00:1::1]'],
  ['ISATAP', '[2a00:1450:4001:81b::5efe:7f00:1]'],
  ['ISATAP, global bit', '[2a00:1450:4001:81b:200:5efe:7f00:1]'],
  ['discard', '[100::1]'],
  ['dummy prefix', '[100:0:0:1::1]'],
  ['protocol assignments', '[2001:1::1]'],
  ['benchmarks', '[2001:2::1]'],
  ['ORCHID', '[2001:10::1]'],
  ['ORCHIDv2', '[2001:20::1]'],
  ['documentation', '[2001:db8::1]'],
  ['documentation 2', '[3fff::1]'],
  ['segment routing', '[5f00::1]'],
  ['unique local, fc', '[fc00::1]'],
  ['unique local, fd', '[fd12:3456:789a::1]'],
  ['link-local', '[fe80::1]'],
  ['site-local', '[fec0::1]'],
  ['multicast, link', '[ff02::1]'],
  ['multicast, global', '[ff0e::1]'],
  ['never given out', '[4000::1]'],
  ['zone id', '[fe80::1%25lo]'],
  ['zone id on loopback', '[::1%25lo]'],
  ['zone id, unescaped', '[fe80::1%lo]'],
]

/** Names that are never public, whoever is asked (RFC 6761, 6.3). */
const LOCALHOST: readonly Row[] = [
  ['localhost', 'localhost'],
  ['capitals', 'LOCALHOST'],
  ['trailing dot', 'localhost.'],
  ['below localhost', 'app.localhost'],
  ['full-width', 'ｌｏｃａｌｈｏｓｔ'],
  ['circled letter', 'ⓛocalhost'],
  ['percent-encoded', '%6c%6f%63alhost'],
]

const NAMES: readonly (readonly [name: string, host: string, dns: readonly string[]])[] = [
  ['resolves to loopback', 'loopback.attacker.example', ['127.0.0.1']],
  ['resolves to IPv6 loopback', 'loopback6.attacker.example', ['::1']],
  ['resolves to both loopbacks', 'both.attacker.example', ['127.0.0.1', '::1']],
  ['resolves to unspecified', 'zero.attacker.example', ['0.0.0.0']],
  ['resolves to mapped loopback', 'mapped.attacker.example', ['::ffff:127.0.0.1']],
  ['resolves to compatible loopback', 'compatible.attacker.example', ['::127.0.0.1']],
  ['resolves to a private network', 'intranet.attacker.example', ['10.0.0.1', '192.168.0.1']],
  ['resolves to metadata', 'keys.attacker.example', ['169.254.169.254']],
  ['resolves to link-local with a zone', 'zone.attacker.example', ['fe80::1%lo']],
  ['resolves to a public and a private address', 'mixed.attacker.example', ['2d00::1', '127.0.0.1']],
  ['resolves to nothing', 'nothing.attacker.example', []],
  ['resolves to rubbish', 'rubbish.attacker.example', ['not an address']],
  ['address in the name', '127.0.0.1.nip.example', ['127.0.0.1']],
  ['trailing dot', 'loopback.attacker.example.', ['127.0.0.1']],
  ['capitals', 'LOOPBACK.Attacker.Example', ['127.0.0.1']],
  ['punycode', 'xn--lopback-d0a.attacker.example', ['127.0.0.1']],
  ['international', 'lóopback.attacker.example', ['127.0.0.1']],
  ['the machine’s own hosts file', 'ip6-localhost', ['::1']],
  ['Google’s metadata name', 'metadata.google.internal', ['169.254.169.254']],
  ['the host of a container', 'host.docker.internal', ['172.17.0.1']],
  ['a cluster’s own name', 'kubernetes.default.svc.cluster.local', ['10.96.0.1']],
]

/** Whole URLs whose parts mislead, or that are not of the web. */
const TRICKS: readonly Row[] = [
  ['user name like a host', 'http://public.example@127.0.0.1:PORT/'],
  ['password like a port', 'http://public.example:80@127.0.0.1:PORT/'],
  ['user name, encoded', 'http://public.example%23@127.0.0.1:PORT/'],
  ['two user names', 'http://a@b@127.0.0.1:PORT/'],
  ['host before a fragment', 'http://127.0.0.1:PORT#@public.example/'],
  ['host before a backslash', 'http://127.0.0.1:PORT\\@public.example/'],
  ['host before a question mark', 'http://127.0.0.1:PORT?@public.example/'],
  ['backslashes for slashes', 'http:\\\\127.0.0.1:PORT\\'],
  ['no slashes', 'http:127.0.0.1:PORT/'],
  ['too many slashes', 'http://///127.0.0.1:PORT/'],
  ['capital scheme', 'HTTP://127.0.0.1:PORT/'],
  ['tab in the host', 'http://127.0.\t0.1:PORT/'],
  ['line end in the host', 'http://127.0.0.1\r\n:PORT/'],
  ['space before', '  http://127.0.0.1:PORT/'],
  ['padded port', 'http://127.0.0.1:0000PORT/'],
  ['secure', 'https://127.0.0.1:PORT/'],
  ['usual port', 'http://127.0.0.1/'],
  ['port of a mail server', 'http://127.0.0.1:25/'],
  ['port of a database', 'http://127.0.0.1:6379/'],
  ['usual port, mapped', 'https://[::ffff:127.0.0.1]/'],
  ['web socket', 'ws://127.0.0.1:PORT/'],
  ['secure web socket', 'wss://127.0.0.1:PORT/'],
  ['file', 'file:///etc/passwd'],
  ['file on a host', 'file://127.0.0.1/etc/passwd'],
  ['FTP', 'ftp://127.0.0.1:PORT/'],
  ['gopher', 'gopher://127.0.0.1:PORT/_GET'],
  ['dict', 'dict://127.0.0.1:PORT/x'],
  ['LDAP', 'ldap://127.0.0.1:PORT/'],
  ['TFTP', 'tftp://127.0.0.1:PORT/x'],
  ['jar', 'jar:http://127.0.0.1:PORT/x.jar!/'],
  ['view-source', 'view-source:http://127.0.0.1:PORT/'],
  ['blob', 'blob:http://127.0.0.1:PORT/0'],
  ['data', 'data:text/html,hi'],
  ['script', 'javascript:fetch("http://127.0.0.1:PORT/")'],
  ['the browser’s own pages', 'chrome://version/'],
  ['UNIX socket', 'http+unix://%2Frun%2Fdocker.sock/info'],
]

export const SSRF_FORMS: readonly SsrfForm[] = [
  ...literals('IPv4 loopback', WHATWG, LOOPBACK4),
  ...literals('IPv4', IANA4, SPECIAL4),
  ...literals('metadata', 'the clouds’ own documentation', METADATA),
  ...literals('IPv6', IANA6, SPECIAL6),
  ...literals('localhost', 'RFC 6761, 6.3', LOCALHOST),
  ...NAMES.map(([name, host, dns]) => form(`name that ${name}`, `http://${host}:PORT/`, 'OWASP, SSRF prevention', dns)),
  ...TRICKS.map(([name, url]) => form(`URL: ${name}`, url, 'Orange Tsai, A New Era of SSRF (2017)', null)),
]

/** The forms with the trap's port in them. */
export function formsAt(port: number): readonly SsrfForm[] {
  return SSRF_FORMS.map((one) => ({ ...one, url: one.url.replace('PORT', String(port)) }))
}

function literals(family: string, source: string, rows: readonly Row[]): readonly SsrfForm[] {
  return rows.map(([name, host]) => form(`${family}: ${name}`, `http://${host}:PORT/`, source, null))
}

function form(name: string, url: string, source: string, dns: SsrfForm['dns']): SsrfForm {
  return { name, url, source, dns }
}
