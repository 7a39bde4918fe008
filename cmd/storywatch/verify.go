package main

import "context"

type verifyCommand struct {
	JSON bool `name:"json" help:"Write the result as JSON."`
}

// Run walks the hash chain of every article and says what is damaged.
func (c *verifyCommand) Run(ctx context.Context, p *program) error {
	db, _, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(db)
	result, err := db.Verify(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := p.json(result); err != nil {
			return err
		}
	} else {
		p.printf("%s with %s: ", plural(result.Articles, "article"), plural(result.Versions, "version"))
		if len(result.Damage) == 0 {
			p.printf("every chain is whole\n")
		} else {
			p.printf("%s\n", plural(len(result.Damage), "fault"))
		}
		for _, d := range result.Damage {
			p.printf("  %s %s: %s\n", d.ArticleID, d.VersionID, d.Problem)
		}
	}
	if len(result.Damage) > 0 {
		return errFound
	}
	return nil
}
