//! How each kind of change affects users, and the version: one table with a row for each kind.
//!
//! It applies cargo's rules of compatible releases (<https://doc.rust-lang.org/cargo/reference/semver.html>) to generated code: structures
//! and enums are `#[non_exhaustive]`, so added members, variants and values break nobody; a constructor takes the required members, so
//! more, fewer or reordered ones break its callers. A change that is only on the wire compiles as before and follows the service, which
//! has changed already: it is minor, because users want the newer model for it.

use std::fmt;

/// The part of a version that a change bumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SemverLevel {
    /// Code that uses the crate is not affected.
    Patch,
    /// Code that uses the crate still compiles.
    Minor,
    /// Code that uses the crate may no longer compile.
    Major,
}

/// How a change affects users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Code that uses the item no longer compiles.
    Break,
    /// The same code behaves, sends or reads differently.
    Behavior,
    /// Something was added.
    Addition,
    /// Only documentation changed.
    Documentation,
}

/// The policy for one kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kind.
    pub kind: Kind,
    /// The change in words: `member removed`.
    pub what: &'static str,
    /// How it affects users.
    pub impact: Impact,
    /// The part of the version that it bumps.
    pub level: SemverLevel,
    /// Why.
    pub why: &'static str,
}

macro_rules! policy {
    ($($kind:ident $what:literal $impact:ident $level:ident $why:literal;)*) => {
        /// The kinds of changes, in the order in which they are reported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = concat!("`", $what, "`: ", $why, ".")] $kind,)*
        }

        /// The policy for each kind, in their order.
        pub const POLICY: &[Rule] = &[$(Kind::$kind.rule()),*];

        impl Kind {
            /// The policy for this kind.
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
    OperationRemoved "operation removed" Break Major "its module with request and response is gone";
    OperationRenamed "operation renamed" Break Major "module, request and response are renamed; the call is the same";
    TypeRemoved "type removed" Break Major "code that names it does not compile";
    TypeRenamed "type renamed" Break Major "code that names it does not compile; its content is the same";
    TypeReplaced "type replaced" Break Major "a structure, union, enum or error became another kind of type";
    ResponseRetyped "response retyped" Break Major "the operation's response is another type, or no longer shared with other operations";
    MemberRemoved "member removed" Break Major "field, setter and lens are gone";
    MemberRenamed "member renamed" Break Major "field, setter and lens are renamed";
    MemberRetyped "member retyped" Break Major "the field has another type, and setter and lens with it";
    MemberRequired "member became required" Break Major "the constructor takes it, its setter is gone, and the field is no longer an `Option`";
    MemberOptional "member became optional" Break Major "the constructor no longer takes it, and the field is an `Option`";
    RequiredMemberAdded "required member added" Break Major "the constructor takes one more parameter";
    ConstructorReordered "constructor reordered" Break Major "the constructor takes the same members in another order, which the compiler notices only if their types differ";
    VariantRemoved "variant removed" Break Major "code that matches or constructs it does not compile";
    VariantRenamed "variant renamed" Break Major "code that matches or constructs it does not compile";
    VariantRetyped "variant retyped" Break Major "it contains another type";
    ValueRemoved "value removed" Break Major "code that names it does not compile; a response with it is read as the unknown value";
    UnknownRenamed "unknown variant renamed" Break Major "the model now has something of that name";
    CloneLost "`Clone` and `PartialEq` lost" Break Major "it now contains a stream, which cannot be cloned";
    NestedDeeper "nested deeper" Break Major "types are nested so deeply that crates that use them need `#![recursion_limit = \"512\"]`";

    ProtocolChanged "protocol changed" Behavior Minor "requests and responses have another format";
    ServiceChanged "service changed" Behavior Minor "it affects every request: signing name, versions, prefixes";
    AuthChanged "authentication changed" Behavior Minor "requests are signed differently, no longer, or from now on";
    EndpointRulesChanged "endpoint rules changed" Behavior Minor "requests may go to another host, for some regions or settings";
    EndpointInputChanged "endpoint rules' input changed" Behavior Minor "the operation passes other parameters to the endpoint rules";
    MethodChanged "method changed" Behavior Minor "the request is sent with another HTTP method";
    UriChanged "URI changed" Behavior Minor "the request is sent to another path";
    HostPrefixChanged "host prefix changed" Behavior Minor "the request is sent to another host";
    OperationTraitChanged "wire trait of an operation changed" Behavior Minor "the request is sent differently, or the response is read differently";
    ErrorUnlisted "error no longer listed" Behavior Minor "the operation no longer lists it; code that handles it still compiles";
    ErrorCodeChanged "error code changed" Behavior Minor "the error is recognized by another code";
    ErrorStatusChanged "error status changed" Behavior Minor "the error has another HTTP status";
    ErrorTraitChanged "error trait changed" Behavior Minor "whether it is retried, or the caller's fault, changed";
    BindingChanged "binding changed" Behavior Minor "the member is in another part of the message, or has another name there";
    WireNameChanged "wire name changed" Behavior Minor "the same field has another name in the message";
    TimestampFormatChanged "timestamp format changed" Behavior Minor "the same time is written differently";
    TokenChanged "idempotency token changed" Behavior Minor "an unset member is filled with a random token, or no longer is";
    TraitChanged "wire trait of a member changed" Behavior Minor "the same value is written differently";
    ValueTextChanged "text of a value changed" Behavior Minor "the same variant has another text on the wire";
    ValuesReordered "values reordered" Behavior Minor "`Ord` and `VALUES` follow the model's order";
    Deprecated "deprecated" Behavior Minor "the compiler warns users of it";

    OperationAdded "operation added" Addition Minor "there is one more module";
    TypeAdded "type added" Addition Minor "there is one more type";
    MemberAdded "member added" Addition Minor "structures are `#[non_exhaustive]`: there is one more setter and lens";
    VariantAdded "variant added" Addition Minor "unions are `#[non_exhaustive]`; before, it was read as the unknown one";
    ValueAdded "value added" Addition Minor "enums are `#[non_exhaustive]`; before, it was read as the unknown one";
    ErrorListed "error newly listed" Addition Minor "the operation may return it; code matches errors one by one";
    ResponseShared "response shared" Addition Minor "its type has a second name, because other operations share it";
    CloneGained "`Clone` and `PartialEq` gained" Addition Minor "it no longer contains a stream";

    RedactionChanged "redaction changed" Behavior Patch "`Debug` shows the value, or hides it";
    MembersReordered "members reordered" Behavior Patch "messages and `Debug` have them in another order";
    ShapeRenamed "shape renamed" Behavior Patch "it has another name in the model, which only messages show";
    SuccessStatusChanged "success status changed" Behavior Patch "the service responds with another status; every successful one is accepted";
    PaginatorAdded "paginator added" Addition Patch "nothing is generated from it yet";
    PaginatorChanged "paginator changed" Behavior Patch "nothing is generated from it yet";
    PaginatorRemoved "paginator removed" Behavior Patch "nothing was generated from it yet";
    WaiterAdded "waiter added" Addition Patch "nothing is generated from it yet";
    WaiterChanged "waiter changed" Behavior Patch "nothing is generated from it yet";
    WaiterRemoved "waiter removed" Behavior Patch "nothing was generated from it yet";
    NestedLess "nested less deep" Addition Patch "crates that use it no longer need `recursion_limit`";
    Undeprecated "no longer deprecated" Documentation Patch "the compiler no longer warns";
    Documentation "documentation" Documentation Patch "only the text differs";
}

impl SemverLevel {
    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Impact {
    /// Its name.
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

/// The policy as text, for the command's help.
pub fn text() -> String {
    let mut text = String::from("What each change means:\n\n");
    for Rule { what, impact, level, why, .. } in POLICY {
        text.push_str(&format!("  {level:<5}  {impact:<13}  {what}: {why}\n"));
    }
    text.push_str(
        "\nThe most severe change decides. A version 1.2.3 becomes 2.0.0 by a major change, 1.3.0 by a minor one,\n\
         1.2.4 by a patch; by cargo's rules, a version 0.2.3 becomes 0.3.0 by a major change and 0.2.4 by any other.\n",
    );
    text
}
