//! Builds blocks from tokens: tags begin and end paragraphs, lists, quotes and code blocks.

use super::{
    inline::{self, Paragraph, Style},
    link,
    token::{Element, Tag, TagKind, Token, decode_entities},
    writer::MarkdownWriter,
};

/// The state between two tokens.
#[derive(Default)]
pub(super) struct BlockBuilder {
    writer: MarkdownWriter,
    paragraph: Paragraph,
    /// How many elements of each kind are open.
    open: OpenElements,
    /// How many were open when the open `<code>` began: emphasis within code would split it.
    outside_code: OpenElements,
    /// The index of the open link in the paragraph.
    link: Option<usize>,
    /// The level of the open heading.
    heading: Option<usize>,
    /// The text of the open `<pre>`.
    preformatted: Option<String>,
    /// Whether a `<dt>` is open, whose text is bold.
    term: bool,
    pending_lead: PendingLead,
}

/// The number of open elements that change the style of text.
#[derive(Clone, Copy, Default)]
struct OpenElements {
    strong: usize,
    emphasis: usize,
    code: usize,
}

/// What the paragraph begins with, to which its text is to be added.
#[derive(Clone, Copy, Default, PartialEq)]
enum PendingLead {
    /// Nothing, or it has text already.
    #[default]
    None,
    /// The term of a definition.
    Term,
    /// The label of an admonition.
    Label,
}

impl BlockBuilder {
    /// Processes a token.
    pub(super) fn push(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.text(&decode_entities(text)),
            Token::Tag(tag) => self.tag(&tag),
        }
    }

    /// The Markdown of all blocks, its lines not yet wrapped.
    pub(super) fn finish(mut self) -> String {
        self.end_preformatted();
        self.end_paragraph();
        self.writer.finish()
    }

    fn text(&mut self, text: &str) {
        if let Some(preformatted) = &mut self.preformatted {
            preformatted.push_str(text);
            return;
        }
        if !text.trim().is_empty() {
            self.pending_lead = PendingLead::None;
        }
        self.paragraph.push(text, self.style());
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match Element::from_name(tag.name) {
            None => self.placeholder(tag.raw),
            Some(element) if self.preformatted.is_some() => self.tag_in_preformatted(element, tag.kind),
            Some(element) => {
                if tag.kind != TagKind::Close {
                    self.open(element, tag);
                }
                if tag.kind != TagKind::Open {
                    self.close(element);
                }
            }
        }
    }

    /// Adds what looks like a tag and is none, as code.
    fn placeholder(&mut self, raw: &str) {
        if self.preformatted.is_some() {
            return self.text(raw);
        }
        self.pending_lead = PendingLead::None;
        self.paragraph.push(raw, Style { code: true, ..self.style() });
    }

    fn tag_in_preformatted(&mut self, element: Element, kind: TagKind) {
        match element {
            Element::Break if kind != TagKind::Close => self.text("\n"),
            Element::Preformatted if kind == TagKind::Close => self.end_preformatted(),
            _ => {}
        }
    }

    fn open(&mut self, element: Element, tag: &Tag<'_>) {
        match element {
            Element::Paragraph => self.end_previous_paragraph(),
            Element::Heading(level) => {
                self.end_paragraph();
                self.heading = Some(level);
            }
            Element::List(numbered) => {
                self.end_paragraph();
                self.writer.open_list(numbered);
            }
            Element::Item => self.open_item(),
            Element::Term => {
                self.open_item();
                self.term = true;
            }
            Element::Definition => self.open_definition(),
            Element::Cell => self.open_cell(),
            Element::Admonition(label) => self.open_admonition(label),
            Element::Preformatted => {
                self.end_paragraph();
                self.preformatted = Some(String::new());
            }
            Element::Strong => self.open.strong += 1,
            Element::Emphasis => self.open.emphasis += 1,
            Element::Code => self.open_code(),
            Element::Link => {
                self.link = Some(self.paragraph.links.len());
                self.paragraph.links.push(tag.attribute("href").and_then(|href| link::resolve(&href)));
            }
            Element::Break => self.paragraph.push_break(self.style()),
            Element::Transparent => {}
        }
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Paragraph => {
                if self.pending_lead == PendingLead::None && !self.term {
                    self.end_block();
                }
            }
            Element::Heading(_) | Element::Definition => self.end_block(),
            Element::List(_) => {
                self.end_block();
                self.writer.close_list();
            }
            Element::Item => {
                self.end_block();
                self.writer.close_item();
            }
            Element::Term => self.close_inline(),
            Element::Admonition(_) => {
                if self.pending_lead == PendingLead::Label {
                    self.paragraph = Paragraph::default();
                }
                self.end_block();
                self.writer.close_quote();
            }
            Element::Strong => self.open.strong = self.open.strong.saturating_sub(1),
            Element::Emphasis => self.open.emphasis = self.open.emphasis.saturating_sub(1),
            Element::Code => self.open.code = self.open.code.saturating_sub(1),
            Element::Link => self.link = None,
            Element::Preformatted | Element::Cell | Element::Break | Element::Transparent => {}
        }
    }

    fn open_item(&mut self) {
        self.end_block();
        self.writer.open_item();
    }

    /// Continues the paragraph after the term and a colon.
    fn open_definition(&mut self) {
        self.close_inline();
        self.paragraph.trim_end();
        if self.paragraph.is_empty() {
            return self.writer.continue_item();
        }
        if !matches!(self.paragraph.last(), Some(':' | '.' | '?')) {
            self.paragraph.push(":", Style::default());
        }
        self.paragraph.push(" ", Style::default());
        self.pending_lead = PendingLead::Term;
    }

    fn open_cell(&mut self) {
        self.close_inline();
        if !self.paragraph.is_empty() {
            self.paragraph.push(" | ", Style::default());
        }
    }

    fn open_admonition(&mut self, label: &str) {
        self.end_paragraph();
        self.writer.open_quote();
        if !label.is_empty() {
            self.paragraph.push(label, Style { strong: true, ..Style::default() });
            self.paragraph.push(" ", Style::default());
            self.pending_lead = PendingLead::Label;
        }
    }

    fn end_previous_paragraph(&mut self) {
        if self.pending_lead == PendingLead::None && !self.term {
            self.end_paragraph();
        }
    }

    /// Ends the paragraph and all elements in it.
    fn end_block(&mut self) {
        self.end_paragraph();
        self.close_inline();
    }

    /// Ends elements within a paragraph, which its end closes even if no tag does.
    fn close_inline(&mut self) {
        self.open = OpenElements::default();
        self.link = None;
        self.term = false;
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let heading = self.heading.take();
        (self.pending_lead, self.link) = (PendingLead::None, None);
        let words = inline::words(&paragraph);
        match heading {
            _ if words.is_empty() => {}
            Some(level) => self.writer.heading(level, &words),
            None => self.writer.paragraph(words),
        }
    }

    fn end_preformatted(&mut self) {
        if let Some(text) = self.preformatted.take() {
            self.writer.preformatted(&text);
        }
    }

    fn open_code(&mut self) {
        if self.open.code == 0 {
            self.outside_code = self.open;
        }
        self.open.code += 1;
    }

    fn style(&self) -> Style {
        let code = self.open.code > 0;
        let open = if code { self.outside_code } else { self.open };
        Style { strong: open.strong > 0 || self.term, emphasis: open.emphasis > 0, code, link: self.link }
    }
}
