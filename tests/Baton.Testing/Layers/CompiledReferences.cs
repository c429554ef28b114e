using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Baton.Testing.Layers;

/// <summary>
/// What the types of an assembly refer to, read from what the compiler made of them: signatures, base types, attributes, and every call
/// and field in the body of every method. A reference that an alias, an inferred type or an extension method hides in the text is here.
/// </summary>
internal sealed class CompiledReferences : ISignatureTypeProvider<ImmutableHashSet<string>, object?>
{
    private static readonly ImmutableHashSet<string> None = [];

    private readonly MetadataReader _reader;
    private readonly Dictionary<string, HashSet<string>> _byNamespace = new(StringComparer.Ordinal);

    private CompiledReferences(PEReader file)
    {
        _reader = file.GetMetadataReader();
        foreach (var handle in _reader.TypeDefinitions)
        {
            var type = _reader.GetTypeDefinition(handle);
            if (NamespaceOf(handle) is not { Length: > 0 } from)
            {
                continue;
            }

            if (!_byNamespace.TryGetValue(from, out var used))
            {
                _byNamespace.Add(from, used = new(StringComparer.Ordinal));
            }

            used.UnionWith(OfType(type, file));
        }
    }

    /// <summary>The namespaces that the types of each namespace refer to, their own among them.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        return new CompiledReferences(file)._byNamespace;
    }

    public ImmutableHashSet<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => None;

    public ImmutableHashSet<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NamespaceOf(handle)];

    public ImmutableHashSet<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [NamespaceOf(handle)];

    public ImmutableHashSet<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableHashSet<string> GetSZArrayType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetArrayType(ImmutableHashSet<string> elementType, ArrayShape shape) => elementType;

    public ImmutableHashSet<string> GetByReferenceType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPointerType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetPinnedType(ImmutableHashSet<string> elementType) => elementType;

    public ImmutableHashSet<string> GetGenericInstantiation(ImmutableHashSet<string> genericType, ImmutableArray<ImmutableHashSet<string>> typeArguments)
        => typeArguments.Aggregate(genericType, (all, one) => all.Union(one));

    public ImmutableHashSet<string> GetGenericTypeParameter(object? genericContext, int index) => None;

    public ImmutableHashSet<string> GetGenericMethodParameter(object? genericContext, int index) => None;

    public ImmutableHashSet<string> GetModifiedType(ImmutableHashSet<string> modifier, ImmutableHashSet<string> unmodifiedType, bool isRequired) => unmodifiedType;

    public ImmutableHashSet<string> GetFunctionPointerType(MethodSignature<ImmutableHashSet<string>> signature) => Of(signature);

    private IEnumerable<string> OfType(TypeDefinition type, PEReader file)
    {
        IEnumerable<string> used = [.. OfToken(type.BaseType), .. OfAttributes(type.GetCustomAttributes())];
        used = used.Concat(type.GetInterfaceImplementations().SelectMany(handle => OfToken(_reader.GetInterfaceImplementation(handle).Interface)));
        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            used = used.Concat(field.DecodeSignature(this, null)).Concat(OfAttributes(field.GetCustomAttributes()));
        }

        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            used = used.Concat(Of(method.DecodeSignature(this, null))).Concat(OfAttributes(method.GetCustomAttributes()));
            if (method.RelativeVirtualAddress > 0)
            {
                used = used.Concat(OfBody(file.GetMethodBody(method.RelativeVirtualAddress)));
            }
        }

        return used;
    }

    private IEnumerable<string> OfBody(MethodBodyBlock body)
    {
        IEnumerable<string> used = body.LocalSignature.IsNil ? [] : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(local => local);
        used = used.Concat(body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch).SelectMany(region => OfToken(region.CatchType)));
        return used.Concat(IntermediateLanguage.Tokens(body.GetILBytes()!).SelectMany(OfToken));
    }

    private IEnumerable<string> OfAttributes(CustomAttributeHandleCollection attributes)
        => attributes.SelectMany(handle => OfToken(_reader.GetCustomAttribute(handle).Constructor));

    private IEnumerable<string> OfToken(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition => [NamespaceOf((TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [NamespaceOf((TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.MethodDefinition => OfToken(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.FieldDefinition => OfToken(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.MemberReference => OfMember(_reader.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => OfMethod(_reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
        _ => [],
    };

    private IEnumerable<string> OfMember(MemberReference member) => OfToken(member.Parent)
        .Concat(member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(this, null) : Of(member.DecodeMethodSignature(this, null)));

    private IEnumerable<string> OfMethod(MethodSpecification method)
        => OfToken(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(argument => argument));

    private static ImmutableHashSet<string> Of(MethodSignature<ImmutableHashSet<string>> signature)
        => signature.ParameterTypes.Aggregate(signature.ReturnType, (all, one) => all.Union(one));

    private string NamespaceOf(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? NamespaceOf(outer) : _reader.GetString(type.Namespace);
    }

    private string NamespaceOf(TypeReferenceHandle handle)
    {
        var type = _reader.GetTypeReference(handle);
        return type.ResolutionScope is { Kind: HandleKind.TypeReference } outer ? NamespaceOf((TypeReferenceHandle)outer) : _reader.GetString(type.Namespace);
    }
}
