//! What each kind of change means for a user, and for the version: one table, a line for each kind.
//!
//! It follows what cargo's reference says of compatible releases (<https://doc.rust-lang.org/cargo/reference/semver.html>), applied to
//! what is generated: structures and enums are `#[non_exhaustive]`, so that more members, cases and values break nobody; a constructor
//! takes what is required, so that more of it, less of it, or another order breaks whoever calls it. What changes on the wire alone
//! compiles as before and follows the service, which has changed already: that is minor, as a newer model is wanted for its sake.

use std::fmt;

/// Which part of a version a change raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SemverLevel {
    /// Nothing in code that uses the crate can tell.
    Patch,
    /// Code that compiled still does.
    Minor,
    /// Code that compiled may not, any more.
    Major,
}

/// What a user has of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Code that uses it does not compile any more.
    Break,
    /// The same code does, sends or reads something else.
    Behavior,
    /// There is more than before.
    Addition,
    /// Other words.
    Documentation,
}

/// What is said of one kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kind.
    pub kind: Kind,
    /// The change in words: `member removed`.
    pub what: &'static str,
    /// What a user has of it.
    pub impact: Impact,
    /// What it asks of the version.
    pub level: SemverLevel,
    /// Why.
    pub why: &'static str,
}

macro_rules! policy {
    ($($kind:ident $what:literal $impact:ident $level:ident $why:literal;)*) => {
        /// The kinds of changes, in the order in which they are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = concat!("`", $what, "`: ", $why, ".")] $kind,)*
        }

        /// What is said of each kind, in their order.
        pub const POLICY: &[Rule] = &[$(Kind::$kind.rule()),*];

        impl Kind {
            /// What is said of it.
            pub const fn rule(self) -> Rule {
                match self {
                    $(Self::$kind => Rule {
                        kind: self,
                        what: $what,
                        impact: Impact::$impact,
                        level: SemverLevel::$level,
                        why: $why,
                    },)*
                }
            }
        }
    };
}

policy! {
    OperationRemoved "operation removed" Break Major "its module is gone, with request and response";
    OperationRenamed "operation renamed" Break Major "module, request and response have other names; the call is the same";
    TypeRemoved "type removed" Break Major "code that names it does not compile";
    TypeRenamed "type renamed" Break Major "code that names it does not compile; what is in it is the same";
    TypeReplaced "type replaced" Break Major "a structure, union, enum or error has become another of these";
    ResponseRetyped "response retyped" Break Major "the operation's response is another type, or no longer one that others answer too";
    MemberRemoved "member removed" Break Major "field, setter and lens are gone";
    MemberRenamed "member renamed" Break Major "field, setter and lens have other names";
    MemberRetyped "member retyped" Break Major "the field has another type, and setter and lens with it";
    MemberRequired "member became required" Break Major "the constructor takes it, its setter is gone, and the field is in no `Option`";
    MemberOptional "member became optional" Break Major "the constructor does not take it any more, and the field is in an `Option`";
    RequiredMemberAdded "required member added" Break Major "the constructor takes one more";
    ConstructorReordered "constructor reordered" Break Major "the constructor takes the same members in another order, which the compiler sees only where their types differ";
    CaseRemoved "case removed" Break Major "patterns and values of the union name it";
    CaseRenamed "case renamed" Break Major "patterns and values of the union name it";
    CaseRetyped "case retyped" Break Major "it holds another type";
    ValueRemoved "value removed" Break Major "patterns and values of the enum name it; from the service it comes as the unknown one";
    UnknownRenamed "variant for the unknown renamed" Break Major "the model has taken its name for something it knows";
    CloneLost "`Clone` and `PartialEq` lost" Break Major "it holds a stream now, of which there is only one";
    NestedDeeper "nested deeper" Break Major "types hold one another so deep that crates which use them need `#![recursion_limit = \"512\"]`";

    ProtocolChanged "protocol changed" Behavior Minor "requests and responses are written otherwise";
    ServiceChanged "service changed" Behavior Minor "what holds for every request: names for signing, versions, prefixes";
    AuthChanged "authentication changed" Behavior Minor "requests are signed otherwise, or no longer, or from now on";
    EndpointRulesChanged "endpoint rules changed" Behavior Minor "requests may go to another host, for some regions or settings";
    EndpointInputChanged "endpoint rules' input changed" Behavior Minor "the operation tells the endpoint rules something else";
    MethodChanged "method changed" Behavior Minor "the request is sent with another HTTP method";
    UriChanged "URI changed" Behavior Minor "the request is sent to another path";
    HostPrefixChanged "host prefix changed" Behavior Minor "the request is sent to another host";
    OperationTraitChanged "wire trait of an operation changed" Behavior Minor "the request is sent otherwise, or the response read otherwise";
    ErrorUnlisted "error no longer listed" Behavior Minor "the operation is not said to answer it any more; code that handles it compiles";
    ErrorCodeChanged "error code changed" Behavior Minor "the error is recognised by another code";
    ErrorStatusChanged "error status changed" Behavior Minor "the error comes with another HTTP status";
    ErrorTraitChanged "error trait changed" Behavior Minor "it is, or is not, worth a retry, or the caller's fault";
    BindingChanged "binding changed" Behavior Minor "the member travels in another part of the message, or under another name there";
    WireNameChanged "wire name changed" Behavior Minor "the same field has another name in the message";
    TimestampFormatChanged "timestamp format changed" Behavior Minor "the same time is written otherwise";
    TokenChanged "idempotency token changed" Behavior Minor "an unset member is filled with a random token, or no longer is";
    TraitChanged "wire trait of a member changed" Behavior Minor "the same value is written otherwise";
    ValueTextChanged "text of a value changed" Behavior Minor "the same variant has another text on the wire";
    ValuesReordered "values reordered" Behavior Minor "`Ord` and `VALUES` follow the model's order";
    Deprecated "deprecated" Behavior Minor "the compiler warns whoever uses it";

    OperationAdded "operation added" Addition Minor "there is a module more";
    TypeAdded "type added" Addition Minor "there is a type more";
    MemberAdded "member added" Addition Minor "structures are `#[non_exhaustive]`: there is a setter and a lens more";
    CaseAdded "case added" Addition Minor "unions are `#[non_exhaustive]`; until now it came as the unknown one";
    ValueAdded "value added" Addition Minor "enums are `#[non_exhaustive]`; until now it came as the unknown one";
    ErrorListed "error newly listed" Addition Minor "the operation may answer it; errors are matched one by one";
    ResponseShared "response shared" Addition Minor "its type has another name too, as others answer it";
    CloneGained "`Clone` and `PartialEq` gained" Addition Minor "it holds no stream any more";

    RedactionChanged "redaction changed" Behavior Patch "`Debug` shows the value, or hides it";
    MembersReordered "members reordered" Behavior Patch "messages and `Debug` have them in another order";
    ShapeRenamed "shape renamed" Behavior Patch "the model calls it otherwise, which messages alone repeat";
    SuccessStatusChanged "success status changed" Behavior Patch "the service answers with another status; any that says success is taken";
    PaginatorAdded "paginator added" Addition Patch "the model says how to page; nothing is generated from it";
    PaginatorChanged "paginator changed" Behavior Patch "the model says otherwise how to page; nothing is generated from it";
    PaginatorRemoved "paginator removed" Behavior Patch "the model does not say how to page any more; nothing was generated from it";
    WaiterAdded "waiter added" Addition Patch "the model says what to wait for; nothing is generated from it";
    WaiterChanged "waiter changed" Behavior Patch "the model says otherwise what to wait for; nothing is generated from it";
    WaiterRemoved "waiter removed" Behavior Patch "the model does not say what to wait for any more; nothing was generated from it";
    NestedLess "nested less deep" Addition Patch "crates that use it can do without `recursion_limit`";
    Undeprecated "no longer deprecated" Documentation Patch "the compiler does not warn any more";
    Documentation "documentation" Documentation Patch "other words";
}

impl SemverLevel {
    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Impact {
    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Break => "compile break",
            Self::Behavior => "behavior",
            Self::Addition => "addition",
            Self::Documentation => "documentation",
        }
    }
}

impl fmt::Display for SemverLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// The table as text, for the command's help.
pub fn text() -> String {
    let mut text = String::from("What each change is taken for:\n\n");
    for Rule { what, impact, level, why, .. } in POLICY {
        text.push_str(&format!("  {level:<5}  {impact:<13}  {what}: {why}\n"));
    }
    text.push_str(
        "\nThe verdict is the greatest of all changes. A version 1.2.3 becomes 2.0.0 by a major change, 1.3.0 by a minor one,\n\
         1.2.4 by a patch; a version 0.2.3, as cargo takes it, 0.3.0 by a major change and 0.2.4 by any other.\n",
    );
    text
}
