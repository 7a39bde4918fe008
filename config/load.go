package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	_ "time/tzdata" // zones are known on machines that have none installed
)

// Load reads a file and checks all of it. getenv looks up the variables that the file names, as os.LookupEnv does. What
// is wrong with the content comes as *Errors; an error of reading satisfies errors.Is with fs.ErrNotExist and the like.
func Load(path string, getenv func(string) (string, bool)) (*Config, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, getenv)
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf(`%s: %w; "storywatch init" writes a starter file`, path, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; check who may read it", path, plain(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: is a folder; name the file in it", path)
	}
	// One byte more than allowed shows that there is more.
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plain(err))
	}
	return data, nil
}

// plain takes the path out of an error that begins with it anyway.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Parse checks the content of a file; path is what messages call it. The error is *Errors and holds every complaint.
func Parse(path string, data []byte, getenv func(string) (string, bool)) (*Config, error) {
	if len(data) > maxFile {
		return nil, &Errors{path, []Problem{{Text: "is larger than 1 MiB; a configuration is not, so this is probably another file"}}}
	}
	root, problem := readYAML(data)
	if problem != nil {
		return nil, &Errors{path, []Problem{*problem}}
	}
	if root == nil || root.kind == empty {
		return nil, &Errors{path, []Problem{{Text: `is empty; "storywatch init" writes a starter file`}}}
	}
	d := &decoder{getenv: getenv}
	cfg := d.config(root)
	cfg.Path = path
	if len(d.problems) > 0 {
		errs := &Errors{path, d.problems}
		errs.sort()
		return nil, errs
	}
	return cfg, nil
}

// config reads the whole file: what stands alone first, then what names something else.
func (d *decoder) config(root *node) *Config {
	if root.kind != mapping {
		d.complain(root, place{}, `begins with %s, needs keys such as "sources:" and "stories:"; "storywatch init" writes a starter file`, root.kind)
		return &Config{}
	}
	g := d.group(root, place{}, "")
	cfg := &Config{
		Database: g.unseen("database", DefaultDatabase, checkDatabase),
		Contact:  g.text("contact", "", checkContact),
		Timezone: g.zone("timezone", nil),
		Network:  decodeNetwork(g.group("network")),
		Web:      decodeWeb(g.group("web")),
	}
	sources, stories := g.groups("sources"), g.groups("stories")
	cfg.Sources = decodeSources(sources, cfg.Timezone)
	if !g.has("sources") || g.find("sources").kind == list && len(sources) == 0 {
		g.missing("sources", "name at least one place to look")
	}
	cfg.Stories = decodeStories(stories, names(sources))
	cfg.Receivers = decodeReceivers(g.groups("receivers"), names(stories), names(sources))
	return cfg
}
