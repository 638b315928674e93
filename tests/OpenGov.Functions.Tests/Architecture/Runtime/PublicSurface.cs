using System.Reflection;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>
/// Writes what a library shows, one member a line, in a form that can be compared. Base types are left out: nothing
/// here leans on them.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(IEnumerable<Type> types) => types.Where(type => type.IsPublic).SelectMany(Of).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type)
    {
        var name = type.FullName!;
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(value => $"{name} {value.Name} = {value.GetRawConstantValue()}");
        }
        if (type.BaseType?.Name == nameof(MulticastDelegate))
        {
            return [$"{name} {Signature(type.GetMethod("Invoke")!)}"];
        }
        return type.GetConstructors(Declared).Select(constructor => $"{name} .ctor({Parameters(constructor)})")
            .Concat(type.GetProperties(Declared).Select(property => $"{name} {Name(property.PropertyType)} {property.Name} {{{Accessors(property)}}}"))
            .Concat(type.GetMethods(Declared).Where(method => !method.IsSpecialName).Select(method => $"{name} {Signature(method)}"));
    }

    private static string Accessors(PropertyInfo property) => $"{(property.GetMethod?.IsPublic == true ? " get;" : "")}{(property.SetMethod?.IsPublic == true ? " set;" : "")} ";

    private static string Signature(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Constrained))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Constrained(Type parameter) => string.Join(" : ", [parameter.Name, .. parameter.GetGenericParameterConstraints().Select(Name)]);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == nameof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType)}"));

    private static string Name(Type type) =>
        type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
