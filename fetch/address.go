package fetch

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

// forbidden are the networks that are never asked, after the IANA special-purpose registries and the ways IPv4 hides in
// IPv6. Go's own predicates (IsPrivate, IsGlobalUnicast) pass most of them.
var forbidden = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a provider's internal network"},
	{netip.MustParsePrefix("127.0.0.0/8"), "this computer itself"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a protocol assignment"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a documentation address"},
	{netip.MustParsePrefix("192.31.196.0/24"), "an AS112 sink"},
	{netip.MustParsePrefix("192.52.193.0/24"), "a multicast relay"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private network"},
	{netip.MustParsePrefix("192.175.48.0/24"), "an AS112 sink"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a benchmarking network"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a documentation address"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a documentation address"},
	{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},
	{netip.MustParsePrefix("255.255.255.255/32"), "the broadcast address"},

	{netip.MustParsePrefix("::/128"), "no address"},
	{netip.MustParsePrefix("::1/128"), "this computer itself"},
	{netip.MustParsePrefix("64:ff9b::/96"), "an IPv4 address behind NAT64"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "an IPv4 address behind NAT64"},
	{netip.MustParsePrefix("100::/64"), "a discard address"},
	{netip.MustParsePrefix("2001::/23"), "a protocol assignment (Teredo, ORCHID)"},
	{netip.MustParsePrefix("2001:db8::/32"), "a documentation address"},
	{netip.MustParsePrefix("2002::/16"), "an IPv4 address behind 6to4"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "an AS112 sink"},
	{netip.MustParsePrefix("3fff::/20"), "a documentation address"},
	{netip.MustParsePrefix("5f00::/16"), "a segment routing address"},
	{netip.MustParsePrefix("fc00::/7"), "a private network"},
	{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
	{netip.MustParsePrefix("fec0::/10"), "a private network"},
	{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
}

// global is where IPv6 addresses of the internet are; nothing outside it was ever given to anybody.
var global = netip.MustParsePrefix("2000::/3")

// ports are those asked at a public address.
var ports = []uint16{80, 443, 8080, 8443}

// judge says whether an address may be connected to. An address in an allowed network may, at any port.
// An IPv4 address mapped into IPv6 is judged as the IPv4 address it is. The error is always a *Refusal.
func judge(at netip.AddrPort, allow []netip.Prefix) error {
	ip := at.Addr().Unmap().WithZone("")
	for _, prefix := range allow {
		if prefix.Contains(ip) {
			return nil
		}
	}
	for _, f := range forbidden {
		if f.prefix.Contains(ip) {
			return refuse(Blocked, "the address leads to %s, which is %s and not in network.allow", ip, f.what)
		}
	}
	if !ip.IsValid() || ip.Is6() && !global.Contains(ip) {
		return refuse(Blocked, "the address leads to %s, which is not on the public internet", ip)
	}
	if !slices.Contains(ports, at.Port()) {
		return refuse(Blocked, "the address asks for port %d; only 80, 443, 8080 and 8443 are open to public hosts", at.Port())
	}
	return nil
}

// guard returns the control function of a dialer. It runs after the name was resolved and before anything is sent, so what
// is judged is what is connected to: neither a second DNS answer nor a redirect gets around it.
func guard(allow []netip.Prefix) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		if network != "tcp4" && network != "tcp6" {
			return refuse(Blocked, "the address leads to a %s connection", network)
		}
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("judge %s: %w", address, err)
		}
		return judge(at, allow)
	}
}
