//! From tags to blocks: what begins and ends paragraphs, lists, quotes.

use super::{
    element::Element,
    entity, inline, link,
    page::Page,
    paragraph::{Paragraph, Style},
    token::{Side, Tag, Token},
};

/// The state between two tokens.
#[derive(Default)]
pub(super) struct Blocks {
    page: Page,
    paragraph: Paragraph,
    /// How many elements of each kind are open.
    open: Inside,
    /// How many were, outside of the code that is open: emphasis of a part of it would break it up.
    around_code: Inside,
    link: Option<usize>,
    heading: Option<usize>,
    /// The text of the `<pre>` that is open.
    preformatted: Option<String>,
    /// Whether a `<dt>` is open: its text is bold.
    term: bool,
    /// Whether the next paragraph goes on from what the paragraph holds.
    lead: Lead,
}

/// How deep in elements that change the look of text.
#[derive(Clone, Copy, Default)]
struct Inside {
    strong: usize,
    emphasis: usize,
    code: usize,
}

/// What the text of a paragraph goes on from.
#[derive(Clone, Copy, Default, PartialEq)]
enum Lead {
    /// Nothing, or there is text already.
    #[default]
    None,
    /// A term.
    Term,
    /// The word that an aside starts with.
    Label,
}

impl Blocks {
    /// Goes on by a token.
    pub(super) fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.text(&entity::decode(text)),
            Token::Tag(tag) => self.tag(&tag),
        }
    }

    /// The lines of all blocks.
    pub(super) fn finish(mut self) -> String {
        self.end_preformatted();
        self.end_paragraph();
        self.page.finish()
    }

    fn text(&mut self, text: &str) {
        if let Some(preformatted) = &mut self.preformatted {
            preformatted.push_str(text);
            return;
        }
        if !text.trim().is_empty() {
            self.lead = Lead::None;
        }
        self.paragraph.push(text, self.style());
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match Element::of(tag.name) {
            None => self.placeholder(tag.raw),
            Some(element) if self.preformatted.is_some() => self.tag_in_preformatted(element, tag.side),
            Some(element) => {
                if tag.side != Side::Close {
                    self.open(element, tag);
                }
                if tag.side != Side::Open {
                    self.close(element);
                }
            }
        }
    }

    /// What looks like a tag and is none stands as it is, as code.
    fn placeholder(&mut self, raw: &str) {
        if self.preformatted.is_some() {
            return self.text(raw);
        }
        self.lead = Lead::None;
        self.paragraph.push(raw, Style { code: true, ..self.style() });
    }

    fn tag_in_preformatted(&mut self, element: Element, side: Side) {
        match element {
            Element::Break if side != Side::Close => self.text("\n"),
            Element::Preformatted if side == Side::Close => self.end_preformatted(),
            _ => {}
        }
    }

    fn open(&mut self, element: Element, tag: &Tag<'_>) {
        match element {
            Element::Paragraph => self.between_paragraphs(),
            Element::Heading(level) => {
                self.end_paragraph();
                self.heading = Some(level);
            }
            Element::List(numbered) => {
                self.end_paragraph();
                self.page.open_list(numbered);
            }
            Element::Item => self.open_item(),
            Element::Term => {
                self.open_item();
                self.term = true;
            }
            Element::Definition => self.open_definition(),
            Element::Cell => self.open_cell(),
            Element::Aside(label) => self.open_aside(label),
            Element::Preformatted => {
                self.end_paragraph();
                self.preformatted = Some(String::new());
            }
            Element::Strong => self.open.strong += 1,
            Element::Emphasis => self.open.emphasis += 1,
            Element::Code => self.open_code(),
            Element::Link => {
                self.link = Some(self.paragraph.links.len());
                self.paragraph.links.push(tag.attribute("href").and_then(|href| link::address(&href)));
            }
            Element::Break => self.paragraph.push_break(self.style()),
            Element::Nothing => {}
        }
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Paragraph => {
                if self.lead == Lead::None && !self.term {
                    self.end_block();
                }
            }
            Element::Heading(_) | Element::Definition => self.end_block(),
            Element::List(_) => {
                self.end_block();
                self.page.close_list();
            }
            Element::Item => {
                self.end_block();
                self.page.close_item();
            }
            Element::Term => self.reset(),
            Element::Aside(_) => {
                if self.lead == Lead::Label {
                    self.paragraph = Paragraph::default();
                }
                self.end_block();
                self.page.close_quote();
            }
            Element::Strong => self.open.strong = self.open.strong.saturating_sub(1),
            Element::Emphasis => self.open.emphasis = self.open.emphasis.saturating_sub(1),
            Element::Code => self.open.code = self.open.code.saturating_sub(1),
            Element::Link => self.link = None,
            Element::Preformatted | Element::Cell | Element::Break | Element::Nothing => {}
        }
    }

    fn open_item(&mut self) {
        self.end_block();
        self.page.open_item();
    }

    /// A definition goes on after its term and a colon.
    fn open_definition(&mut self) {
        self.reset();
        self.paragraph.trim_end();
        if self.paragraph.is_empty() {
            return self.page.continue_item();
        }
        if !matches!(self.paragraph.last(), Some(':' | '.' | '?')) {
            self.paragraph.push(":", Style::default());
        }
        self.paragraph.push(" ", Style::default());
        self.lead = Lead::Term;
    }

    fn open_cell(&mut self) {
        self.reset();
        if !self.paragraph.is_empty() {
            self.paragraph.push(" | ", Style::default());
        }
    }

    fn open_aside(&mut self, label: &str) {
        self.end_paragraph();
        self.page.open_quote();
        if !label.is_empty() {
            self.paragraph.push(label, Style { strong: true, ..Style::default() });
            self.paragraph.push(" ", Style::default());
            self.lead = Lead::Label;
        }
    }

    fn between_paragraphs(&mut self) {
        if self.lead == Lead::None && !self.term {
            self.end_paragraph();
        }
    }

    /// Ends the paragraph, and with it whatever is open inside.
    fn end_block(&mut self) {
        self.end_paragraph();
        self.reset();
    }

    /// Elements inside of a paragraph end with it, even if nothing closes them.
    fn reset(&mut self) {
        self.open = Inside::default();
        self.link = None;
        self.term = false;
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let heading = self.heading.take();
        (self.lead, self.link) = (Lead::None, None);
        let words = inline::words(&paragraph);
        match heading {
            _ if words.is_empty() => {}
            Some(level) => self.page.heading(level, &words),
            None => self.page.paragraph(words),
        }
    }

    fn end_preformatted(&mut self) {
        if let Some(text) = self.preformatted.take() {
            self.page.preformatted(&text);
        }
    }

    fn open_code(&mut self) {
        if self.open.code == 0 {
            self.around_code = self.open;
        }
        self.open.code += 1;
    }

    fn style(&self) -> Style {
        let code = self.open.code > 0;
        let inside = if code { self.around_code } else { self.open };
        Style { strong: inside.strong > 0 || self.term, emphasis: inside.emphasis > 0, code, link: self.link }
    }
}
