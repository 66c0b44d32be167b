"""Half an hour with a volunteer: asked for by an organisation that has looked at itself, which shares what it ticks and nothing else."""
