import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The lambdas of a class that have one interface and capture the same types: themselves a class.
 */
final class LambdaShape implements Opcodes {
  /** The static method that makes an instance from what is captured and the lambda's number. */
  static final String MAKE = "make";

  private final ClassReader owner;
  private final String name;
  private final String method;
  private final Type type;
  private final Type made;
  private final Type[] fields;
  private final List<Target> targets = new ArrayList<>();

  /**
   * A shape without lambdas yet.
   *
   * @param owner the class that the lambdas stand in
   * @param method the interface's method
   * @param site what is captured, and the interface as the result
   */
  LambdaShape(ClassReader owner, int number, String method, Type type, String site) {
    this.owner = owner;
    this.name = owner.getClassName() + "$$L" + number;
    this.method = method;
    this.type = type;
    this.made = Type.getReturnType(site);
    List<Type> parts = new ArrayList<>(List.of(Type.getArgumentTypes(site)));
    parts.add(Type.INT_TYPE);
    this.fields = parts.toArray(Type[]::new);
  }

  /** A static method of the owner that does what a lambda is to do. */
  record Target(String name, Type[] arguments, Type result, boolean ofInterface) {
    String descriptor() {
      return Type.getMethodDescriptor(result, arguments);
    }

    /** Whether it takes what is captured and the method's arguments, without boxing. */
    boolean fits(Type[] captured, Type method) {
      List<Type> given = new ArrayList<>(List.of(captured));
      given.addAll(List.of(method.getArgumentTypes()));
      boolean fits = given.size() == arguments.length;
      for (int i = 0; fits && i < given.size(); i++) {
        fits = fits(given.get(i), arguments[i]);
      }
      Type wanted = method.getReturnType();
      return fits && (wanted.equals(Type.VOID_TYPE) || fits(result, wanted));
    }

    private static boolean fits(Type from, Type to) {
      return from.equals(to) || (from.getSort() >= Type.ARRAY && to.getSort() >= Type.ARRAY);
    }
  }

  /** Adds a lambda; returns its number. */
  int add(Target target) {
    targets.add(target);
    return targets.size() - 1;
  }

  String name() {
    return name;
  }

  String factory() {
    return Type.getMethodDescriptor(made, fields);
  }

  byte[] bytes() {
    ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int version = owner.readUnsignedShort(6);
    String[] interfaces = {made.getInternalName()};
    out.visit(version, ACC_FINAL | ACC_SYNTHETIC, name, null, "java/lang/Object", interfaces);
    for (int i = 0; i < fields.length; i++) {
      out.visitField(ACC_PRIVATE | ACC_FINAL, "f" + i, fields[i].getDescriptor(), null, null);
    }
    addConstructor(out);
    addFactory(out);
    addMethod(out);
    out.visitEnd();
    return out.toByteArray();
  }

  private String constructor() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, fields);
  }

  private void addConstructor(ClassWriter out) {
    MethodVisitor code = out.visitMethod(ACC_PRIVATE, "<init>", constructor(), null, null);
    code.visitCode();
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    int slot = 1;
    for (int i = 0; i < fields.length; i++) {
      code.visitVarInsn(ALOAD, 0);
      load(code, slot, fields[i]);
      code.visitFieldInsn(PUTFIELD, name, "f" + i, fields[i].getDescriptor());
      slot += fields[i].getSize();
    }
    end(code, RETURN);
  }

  private void addFactory(ClassWriter out) {
    MethodVisitor code = out.visitMethod(ACC_STATIC, MAKE, factory(), null, null);
    code.visitCode();
    code.visitTypeInsn(NEW, name);
    code.visitInsn(DUP);
    load(code, 0, fields);
    code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructor(), false);
    end(code, ARETURN);
  }

  /** The interface's method: one call for each lambda. */
  private void addMethod(ClassWriter out) {
    MethodVisitor code = out.visitMethod(ACC_PUBLIC, method, type.getDescriptor(), null, null);
    code.visitCode();
    Label[] labels = targets.stream().map(target -> new Label()).toArray(Label[]::new);
    get(code, fields.length - 1);
    code.visitTableSwitchInsn(0, labels.length - 1, labels[0], labels);
    for (int i = 0; i < labels.length; i++) {
      code.visitLabel(labels[i]);
      code.visitFrame(F_SAME, 0, null, 0, null);
      call(code, targets.get(i));
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private void call(MethodVisitor code, Target target) {
    int captured = fields.length - 1;
    for (int i = 0; i < captured; i++) {
      get(code, i);
      cast(code, fields[i], target.arguments[i]);
    }
    int slot = 1;
    int next = captured;
    for (Type given : type.getArgumentTypes()) {
      load(code, slot, given);
      cast(code, given, target.arguments[next++]);
      slot += given.getSize();
    }
    code.visitMethodInsn(
        INVOKESTATIC, owner.getClassName(), target.name, target.descriptor(), target.ofInterface);
    Type wanted = type.getReturnType();
    if (!wanted.equals(Type.VOID_TYPE)) {
      cast(code, target.result, wanted);
    } else if (target.result.getSize() > 0) {
      code.visitInsn(target.result.getSize() == 1 ? POP : POP2);
    }
    code.visitInsn(wanted.getOpcode(IRETURN));
  }

  private void get(MethodVisitor code, int field) {
    code.visitVarInsn(ALOAD, 0);
    code.visitFieldInsn(GETFIELD, name, "f" + field, fields[field].getDescriptor());
  }

  private static void cast(MethodVisitor code, Type from, Type to) {
    if (!from.equals(to) && !to.getInternalName().equals("java/lang/Object")) {
      code.visitTypeInsn(CHECKCAST, to.getInternalName());
    }
  }

  /** Loads local variables that stand next to each other. */
  static void load(MethodVisitor code, int first, Type... types) {
    int slot = first;
    for (Type type : types) {
      code.visitVarInsn(type.getOpcode(ILOAD), slot);
      slot += type.getSize();
    }
  }

  static void end(MethodVisitor code, int last) {
    code.visitInsn(last);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
