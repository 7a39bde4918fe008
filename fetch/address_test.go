package fetch

import (
	"errors"
	"net/netip"
	"testing"

	"code.dny.dev/ssrf"
)

// edges returns the addresses at and just outside both ends of a prefix.
func edges(p netip.Prefix) (inside, outside []netip.Addr) {
	first := p.Masked().Addr()
	raw := first.AsSlice()
	for bit := p.Bits(); bit < len(raw)*8; bit++ {
		raw[bit/8] |= 1 << (7 - bit%8)
	}
	last, _ := netip.AddrFromSlice(raw)
	return []netip.Addr{first, last}, []netip.Addr{first.Prev(), last.Next()}
}

func TestForbiddenRangesEndWhereTheyShould(t *testing.T) {
	for _, f := range forbidden {
		inside, outside := edges(f.prefix)
		for _, ip := range inside {
			if err := judge(netip.AddrPortFrom(ip, 443), nil); err == nil {
				t.Errorf("%s, an edge of %s, is let through", ip, f.prefix)
			}
		}
		for _, ip := range outside {
			if !ip.IsValid() {
				continue
			}
			err := judge(netip.AddrPortFrom(ip, 443), nil)
			public := ip.Is4() || global.Contains(ip)
			for _, other := range forbidden {
				public = public && !other.prefix.Contains(ip)
			}
			if public != (err == nil) {
				t.Errorf("%s, just outside %s: %v, want public %v", ip, f.prefix, err, public)
			}
		}
	}
}

func TestKnownAddresses(t *testing.T) {
	for ip, public := range map[string]bool{
		"1.1.1.1": true, "8.8.8.8": true, "9.255.255.255": true, "11.0.0.0": true, "100.63.255.255": true, "100.128.0.0": true,
		"126.255.255.255": true, "128.0.0.0": true, "169.253.255.255": true, "169.255.0.0": true, "172.15.255.255": true,
		"172.32.0.0": true, "192.0.1.0": true, "192.167.255.255": true, "192.169.0.0": true, "198.17.255.255": true,
		"198.20.0.0": true, "223.255.255.255": true, "2000::": true, "2001:200::": true, "2606:4700::1111": true,
		"2001:db7:ffff::": true, "2001:db9::": true, "2003::": true, "3ffe:ffff::": true, "3fff:1000::": true,
		"::ffff:8.8.8.8": true,

		"0.1.2.3": false, "10.1.2.3": false, "100.64.0.1": false, "127.0.0.1": false, "169.254.169.254": false,
		"172.16.0.1": false, "172.31.255.255": false, "192.0.0.8": false, "192.168.1.1": false, "198.18.0.1": false,
		"198.19.255.255": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "::ffff:10.0.0.1": false, "::ffff:127.0.0.1": false, "::10.0.0.1": false,
		"64:ff9b::a00:1": false, "64:ff9b:1::a00:1": false, "2002:7f00:1::": false, "2001::1": false, "2001:1ff::": false,
		"fec0::1": false, "fe80::1": false, "fd00:ec2::254": false, "ff02::1": false, "3fff::1": false, "5f00::1": false,
		"100::1": false, "4000::1": false, "1fff:ffff::": false,
	} {
		err := judge(netip.AddrPortFrom(netip.MustParseAddr(ip), 80), nil)
		if (err == nil) != public {
			t.Errorf("%s: %v, want public %v", ip, err, public)
		}
		var refusal *Refusal
		if err != nil && (!errors.As(err, &refusal) || refusal.Outcome != Blocked) {
			t.Errorf("%s is refused with %v, want a refusal that blocks", ip, err)
		}
	}
}

// verdicts are compared with those of a library that keeps the same registries.
func agree(t *testing.T, guardian *ssrf.Guardian, ip netip.Addr) {
	t.Helper()
	ours := judge(netip.AddrPortFrom(ip, 443), nil)
	theirs := guardian.SafeAddr(ip.Unmap()) // it takes a mapped IPv4 address for IPv6 and refuses them all
	if (ours == nil) != (theirs == nil) {
		t.Errorf("%s: we say %v, the other table says %v", ip, ours, theirs)
	}
}

func TestVerdictsAgreeWithAnotherTable(t *testing.T) {
	guardian := ssrf.New(ssrf.WithAnyPort())
	var prefixes []netip.Prefix
	for _, f := range forbidden {
		prefixes = append(prefixes, f.prefix)
	}
	prefixes = append(prefixes, ssrf.IPv4DeniedPrefixes...)
	prefixes = append(prefixes, ssrf.IPv6DeniedPrefixes...)
	prefixes = append(prefixes, ssrf.IPv6GlobalUnicast, ssrf.IPv6NAT64Prefix)
	for _, p := range prefixes {
		inside, outside := edges(p)
		for _, ip := range append(inside, outside...) {
			if ip.IsValid() {
				agree(t, guardian, ip)
			}
		}
	}
}

func FuzzVerdictsAgreeWithAnotherTable(f *testing.F) {
	guardian := ssrf.New(ssrf.WithAnyPort())
	f.Add([]byte{10, 0, 0, 1})
	f.Add([]byte{8, 8, 8, 8})
	f.Add(netip.MustParseAddr("::ffff:10.0.0.1").AsSlice())
	f.Add(netip.MustParseAddr("2002:7f00:1::").AsSlice())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if ip, ok := netip.AddrFromSlice(raw); ok {
			agree(t, guardian, ip)
		}
	})
}

func TestOnlyWebPortsArePublic(t *testing.T) {
	public := netip.MustParseAddr("1.1.1.1")
	for port, open := range map[uint16]bool{80: true, 443: true, 8080: true, 8443: true,
		0: false, 22: false, 25: false, 81: false, 5432: false, 6379: false, 65535: false} {
		if err := judge(netip.AddrPortFrom(public, port), nil); (err == nil) != open {
			t.Errorf("port %d: %v, want open %v", port, err, open)
		}
	}
}

func TestAllowedNetworksAreOpenAtAnyPort(t *testing.T) {
	allow := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("fd00::/8")}
	for at, open := range map[string]bool{"127.0.0.1:5432": true, "[::ffff:127.0.0.1]:9": true, "[fd00::1]:22": true,
		"127.0.0.2:80": false, "[fc00::1]:80": false, "[fe80::1%eth0]:80": false} {
		if err := judge(netip.MustParseAddrPort(at), allow); (err == nil) != open {
			t.Errorf("%s: %v, want open %v", at, err, open)
		}
	}
}

func TestGuardRefusesWhatIsNotTCP(t *testing.T) {
	control := guard([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")})
	for _, network := range []string{"udp4", "unix", "ip4:icmp"} {
		if err := control(network, "127.0.0.1:80", nil); err == nil {
			t.Errorf("%s is let through", network)
		}
	}
	if err := control("tcp4", "not an address", nil); err == nil {
		t.Error("an address that cannot be read is let through")
	}
	if err := control("tcp4", "127.0.0.1:80", nil); err != nil {
		t.Errorf("an allowed address is refused: %v", err)
	}
}
