//! Hand-made sample of what is to be generated.
pub mod invoke {
    //! x
    use crate::{errors, types};
    /// r
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub struct Invoke {
        /// a
        pub function_name: String,
        /// a
        pub invocation_type: Option<types::InvocationType>,
        /// a
        pub payload: myrina::Json,
        /// l
        pub layers: Option<Vec<String>>,
        /// l
        pub tags: Option<myrina::Map<String, String>>,
    }
    myrina::codegen::structure! {
        Invoke "InvocationRequest" new(function_name: required String; payload: required myrina::Json) {
            0 FUNCTION_NAME function_name: required String = string("FunctionName").required().label("FunctionName");
            1 INVOCATION_TYPE invocation_type: optional types::InvocationType = string("InvocationType").header("X-Amz-Invocation-Type");
            2 PAYLOAD payload: required myrina::Json = blob("Payload").payload().sensitive();
            3 LAYERS layers: list String = list("Layers", &string(""));
            4 TAGS tags: map String, String = map("Tags", &string(""), &string(""));
        }
    }
    /// r
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub struct InvokeResponse {
        /// a
        pub status_code: Option<i32>,
        /// a
        pub union: Option<types::U>,
    }
    myrina::codegen::structure! {
        InvokeResponse "InvocationResponse" new() {
            0 STATUS_CODE status_code: optional i32 = integer("StatusCode").status_code();
            1 UNION union: optional types::U = structure::<types::U>("U");
        }
    }
    const _: &myrina::schema::ErrorSchema = errors::ResourceNotFoundException::ERROR;
}
pub mod types {
    //! t
    /// e
    #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum InvocationType {
        /// x
        Event,
        /// y
        Unknown(String),
    }
    myrina::codegen::enumeration! { InvocationType unknown Unknown { Event = "Event"; } }
    /// U
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum U {
        /// s
        S(String),
        /// u
        Rec(Box<U>),
        /// u
        Unknown(String),
    }
    myrina::codegen::union! { U "U" unknown Unknown {
        0 S_ S: String = string("S");
        1 REC Rec: Box<U> = structure::<U>("Rec");
    } }
}
pub mod errors {
    //! e
    /// r
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub struct ResourceNotFoundException {
        /// a
        pub message: Option<String>,
    }
    myrina::codegen::structure! {
        ResourceNotFoundException "ResourceNotFoundException" new() {
            0 MESSAGE message: optional String = string("Message");
        }
    }
    myrina::codegen::error! { ResourceNotFoundException "ResourceNotFoundException".status(404).sender_fault(), message message }
}
