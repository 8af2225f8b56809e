"""The look: base templates, components and the front-end source. No logic of any room."""
