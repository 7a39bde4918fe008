//go:build long

package config

import (
	"archive/zip"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// All zones, five years, seven times: about four million runs. Run it with: go test -tags long ./config
func TestEveryLocalDayOfEveryZoneHasOneRun(t *testing.T) {
	archive, err := zip.OpenReader(filepath.Join(runtime.GOROOT(), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	zones := 0
	for _, f := range archive.File {
		zone, err := time.LoadLocation(f.Name)
		if err != nil || f.FileInfo().IsDir() {
			continue
		}
		zones++
		for _, at := range dailyTimes {
			checkDaily(t, zone, at, 2024, 5)
		}
	}
	if zones < 400 {
		t.Errorf("%d zones", zones)
	}
	t.Logf("%d zones", zones)
}
